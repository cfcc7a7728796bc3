"""Fit a line by gradient descent, and print how far it is every 100 steps.

Run it with Kudari: `kudari run --legacy-print examples/train_api.py 0.01`.
"""

import sys

import tensorflow as tf

learning_rate = float(sys.argv[1]) if len(sys.argv) > 1 else 0.01
print("learning rate: %s" % learning_rate)

# The model: a line with one slope and one offset.
W = tf.Variable([0.3], dtype=tf.float32)
b = tf.Variable([-0.3], dtype=tf.float32)
x = tf.placeholder(tf.float32)
linear_model = W * x + b
y = tf.placeholder(tf.float32)

# What training makes small: the sum of the squared distances.
loss = tf.reduce_sum(tf.square(linear_model - y))
optimizer = tf.train.GradientDescentOptimizer(learning_rate)
train = optimizer.minimize(loss)

x_train = [1, 2, 3, 4]
y_train = [0, -1, -2, -3]

init = tf.global_variables_initializer()
sess = tf.Session()
sess.run(init)

for hundred in range(11):
    curr_W, curr_b, curr_loss = sess.run([W, b, loss], {x: x_train, y: y_train})
    print("W: %s b: %s loss: %s" % (curr_W, curr_b, curr_loss))
    if hundred < 10:
        for _ in range(100):
            sess.run(train, {x: x_train, y: y_train})
