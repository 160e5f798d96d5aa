"""The panes of the watch. They only show, and speak upward by messages."""
