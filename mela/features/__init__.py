"""The features: one module per vector, each feature declared once, in column order."""
