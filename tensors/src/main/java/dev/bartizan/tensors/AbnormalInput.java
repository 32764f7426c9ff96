package dev.bartizan.tensors;

import dev.bartizan.tensors.inference.DenseTensor;

/// One input that no honest caller sends.
///
/// @param kind such as `nan` or `out-of-domain`
/// @param words what is abnormal about it
/// @param isFinite whether all its numbers are finite
/// @param tensor the input
record AbnormalInput(String kind, String words, boolean isFinite, DenseTensor tensor) {}
