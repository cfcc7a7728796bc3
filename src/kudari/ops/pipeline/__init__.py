"""What dataset nodes give: sources of elements, which iterators open and pull elements from."""
