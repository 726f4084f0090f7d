"""Measurements of mela beside other libraries; see README.md here."""
