"""Predictions of a model for many pictures: runs, cut into shards that workers take."""
