"""Plans of the whole company: stages now; demand, staffing, targets and scenarios as they come. Pure."""
