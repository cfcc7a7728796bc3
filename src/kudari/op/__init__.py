"""Op definitions: one object carries an op's signature, shape rule, lowering and gradient."""
