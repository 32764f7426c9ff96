/// ONNX models: contract and execution.
module dev.bartizan.tensors {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.formats;
    requires com.microsoft.onnxruntime;
}
