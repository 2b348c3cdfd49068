"""The relay across crafts: who held a customer, what a lost item costs, whose promises break."""
