"""One row of the table that tests every op. The tables import nothing but this and NumPy, so TensorFlow 1 can read them."""


class Case:
    """An op type with inputs and attributes.

    Args:
      type: the op type.
      inputs: one array (or anything `np.asarray` takes) for each argument, a list of arrays for a list argument; for a
        `Ref` argument or a handle, the value of the variable.
      attrs: attributes that no input decides.
      differentiable: which of the flat inputs to differentiate; if `None`, all floats that are neither `Static` nor `Ref`.
      vague: whether the static shape may leave open what depends on values.
      id: what tells the row from others of its type.
    """

    def __init__(self, type, inputs, attrs=None, differentiable=None, id=None, vague=False):
        self.type, self.inputs, self.attrs = type, inputs, attrs or {}
        self.differentiable, self.id, self.vague = differentiable, id, vague

    @property
    def label(self):
        """The name of the row, unique in the table."""
        return self.type if self.id is None else "%s-%s" % (self.type, self.id)

    def __repr__(self):
        return self.label
