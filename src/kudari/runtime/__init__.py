"""Running graphs: fetches → plan → feeds → execute → results."""
