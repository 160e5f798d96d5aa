"""The screens: the watch with its panes, and the views opened from it."""
