package dev.bartizan.tensors.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;

/// What computes.
public enum Device {
    /// The processor.
    CPU,
    /// A graphics card of NVIDIA; needs ONNX Runtime's build with CUDA in place of the plain one.
    CUDA;

    /// Whether this ONNX Runtime can use it; drivers may still be missing.
    public boolean isBuiltIn() {
        return switch (this) {
            case CPU -> true;
            case CUDA -> OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
        };
    }
}
