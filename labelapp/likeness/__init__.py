"""Which pictures are alike, to the eye and to a network. numpy and Pillow, no Django here."""
