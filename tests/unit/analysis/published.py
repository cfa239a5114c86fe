"""The two published tables, as figures: per class, buckets from 0.80 to 1 of 0.05 each.

Source: the article's printed tables. In the larger one the printed columns
"confirmed" and "split" contradict its buckets; only what the buckets say is used.
"""

EDGES = "0.8,0.85,0.9,0.95,1"

# class: totals by bucket, incorrect by bucket, the printed percentages by bucket (an
# empty bucket was printed as 0.00), and its row: total, confirmed, disconfirmed, split, percent
SHELLFISH = {
    "Crab": ((4, 7, 11, 23), (0, 0, 0, 0), (100, 100, 100, 100), (45, 45, 0, 0, 100.0)),
    "Crawdad": ((1, 10, 10, 47), (0, 8, 8, 36), (100, 20, 20, 23.40), (68, 16, 32, 20, 23.53)),
    "Lobster": ((4, 10, 11, 28), (4, 4, 3, 2), (0, 60, 72.73, 92.86), (53, 40, 11, 2, 75.47)),
    "Scorpion": ((8, 6, 27, 36), (3, 2, 0, 0), (62.5, 66.67, 100, 100), (77, 72, 3, 2, 93.51)),
    "Shrimp": ((0, 1, 0, 1), (0, 1, 0, 1), (0, 0, 0, 0), (2, 0, 1, 1, 0.0)),
}
SHELLFISH_TOTALS = ((17, 34, 59, 135), (7, 15, 11, 39), (58.82, 55.88, 81.36, 71.11))
SHELLFISH_ALL = (245, 173, 47, 25, 70.61)
SHELLFISH_AVERAGE = (58.50, (52.50, 49.33, 58.55, 63.25))
SHELLFISH_AVERAGE_WITHOUT_EMPTY = (58.50, (65.63, 49.33, 73.18, 63.25))

SAMPLE = {
    "Beaver": ((2, 3, 13, 10), (1, 0, 0, 0), (50.0, 100, 100, 100)),
    "Cat": ((1, 0, 5, 4), (1, 0, 0, 0), (0, 0, 100, 100)),
    "Crawdad": ((1, 10, 10, 47), (1, 8, 6, 19), (0, 20, 40, 59.57)),
    "Dinosaur": ((4, 10, 12, 39), (0, 1, 1, 1), (100, 90, 91.67, 97.44)),
    "Dog": ((1, 5, 34, 28), (0, 1, 0, 1), (100, 80, 100, 96.43)),
    "Saxophone": ((1, 2, 22, 15), (0, 1, 1, 0), (100, 50, 95.45, 100)),
    "Sea Turtle": ((5, 8, 13, 60), (1, 1, 0, 0), (80, 87.5, 100, 100)),
    "Soccer Ball": ((8, 7, 9, 63), (5, 5, 6, 2), (37.5, 28.57, 33.33, 96.83)),
    "Stop sign": ((6, 9, 12, 31), (0, 0, 0, 0), (100, 100, 100, 100)),
}
SAMPLE_TOTALS = ((29, 54, 130, 297), (9, 17, 14, 23), (68.97, 68.52, 89.23, 92.26))
SAMPLE_AVERAGE = (88.98, (63.06, 61.79, 84.49, 94.47))
SAMPLE_AVERAGE_WITHOUT_EMPTY = (88.98, (63.06, 69.51, 84.49, 94.47))

# The walk at 1:10: threshold, reason, empty buckets passed over.
WALKS: dict[str, dict[str, tuple[float | None, str, tuple[tuple[float, float], ...]]]] = {
    "sample": {
        "Beaver": (0.85, "stopped", ()),
        "Cat": (0.85, "stopped", ((0.85, 0.9),)),
        "Crawdad": (None, "top_bucket_fails", ()),
        "Dinosaur": (0.9, "stopped", ()),
        "Dog": (0.9, "stopped", ()),
        "Saxophone": (0.9, "stopped", ()),
        "Sea Turtle": (0.9, "stopped", ()),
        "Soccer Ball": (0.95, "stopped", ()),
        "Stop sign": (0.8, "all_pass", ()),
    },
    "shellfish": {
        "Crab": (0.8, "all_pass", ()),
        "Crawdad": (None, "top_bucket_fails", ()),
        "Lobster": (0.95, "stopped", ()),
        "Scorpion": (0.9, "stopped", ()),
        "Shrimp": (None, "top_bucket_fails", ()),
    },
}
