"""The words of the auditor: frozen values that do no I/O and import nothing of ours."""
