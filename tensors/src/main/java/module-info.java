/// ONNX models: contract and execution.
module dev.bartizan.tensors {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires transitive dev.bartizan.formats;
    requires ai.djl.tokenizers;
    requires com.microsoft.onnxruntime;
    requires org.snakeyaml.engine;

    exports dev.bartizan.tensors;
    exports dev.bartizan.tensors.features;
    exports dev.bartizan.tensors.gradient;
    exports dev.bartizan.tensors.inference;
    exports dev.bartizan.tensors.text;
    exports dev.bartizan.tensors.trees;

    provides dev.bartizan.core.Check with
            dev.bartizan.tensors.ModelContractCheck;
    provides dev.bartizan.core.FactSource with
            dev.bartizan.tensors.OnnxFactSource;
    provides dev.bartizan.core.SchemaSource with
            dev.bartizan.tensors.TensorSchema;
}
