"""No Django here. Networks and what belongs to them; the pictures are arrays, the prompts numbers."""
