"""No Django here: pure functions of integers and arrays, from counts to thresholds."""
