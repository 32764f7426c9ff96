/// Classifiers of texts as they are published: an ONNX graph, `tokenizer.json`, `config.json`.
@NullMarked
package dev.bartizan.tensors.text;

import org.jspecify.annotations.NullMarked;
