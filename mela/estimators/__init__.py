"""What scikit-learn sees: vectorizers, the domain classifier, the paper's comparators, scoring."""
