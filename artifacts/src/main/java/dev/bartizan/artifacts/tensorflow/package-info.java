/// TensorFlow graphs: SavedModel, GraphDef, MetaGraph, TFLite.
@NullMarked
package dev.bartizan.artifacts.tensorflow;

import org.jspecify.annotations.NullMarked;
