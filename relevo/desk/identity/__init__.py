"""What people decided about which customers of several systems are one."""
