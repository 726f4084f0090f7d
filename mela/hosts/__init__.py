"""Hosts: what their labels say, and how much their names look like abuse."""
