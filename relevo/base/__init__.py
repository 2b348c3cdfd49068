"""Words without a domain: money, periods, findings, errors, config. Imports nothing of Relevo."""
