/// Graphs of MXNet, documents of JSON beside a file of numbers.
@NullMarked
package dev.bartizan.artifacts.mxnet;

import org.jspecify.annotations.NullMarked;
