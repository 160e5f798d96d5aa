"""All about one thing as text: what the views and the detail pane show. Pure: nouns in, Content out."""
