"""tf.contrib: model variables with default arguments, Xavier weights, regularizers."""

STEPS = [(["init"], {}), (["biases:0"], {})]


def build(tf):
    layers, framework = tf.contrib.layers, tf.contrib.framework
    tf.set_random_seed(3)
    tf.get_variable("uniform", [4, 3], initializer=layers.xavier_initializer(),
                    regularizer=layers.l2_regularizer(0.1))
    tf.get_variable("normal", [2, 2, 4, 3], initializer=layers.xavier_initializer_conv2d(uniform=False),
                    regularizer=layers.l1_regularizer(0.5))
    tf.get_variable("he", [4, 3], initializer=layers.variance_scaling_initializer(),
                    regularizer=layers.l1_l2_regularizer(0.5, 0.1))
    with framework.arg_scope([framework.model_variable], initializer=tf.ones_initializer(), trainable=False):
        framework.model_variable("biases", [2])
    framework.variable("plain", [2], initializer=tf.zeros_initializer(), device="/cpu:0")
    framework.local_variable(1.0, name="local")
    layers.apply_regularization(layers.l2_regularizer(0.5), [tf.ones([2]), tf.ones([3])])
    for found in (framework.get_variables("n"), framework.get_variables_by_name("biases"),
                  framework.get_model_variables(), framework.get_variables_by_suffix("he")):
        tf.group(*[variable.op for variable in found], name="found")
    tf.global_variables_initializer()
