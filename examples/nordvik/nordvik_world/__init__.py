"""The world of the Nordvik example: an ERP, the CRM that drifted from it, and a year of use."""
