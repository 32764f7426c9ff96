/// Bounded readers and writers of hostile containers and model files.
module dev.bartizan.formats {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires tools.jackson.databind;

    exports dev.bartizan.formats.arrow;
    exports dev.bartizan.formats.flatbuffer;
    exports dev.bartizan.formats.hdf5;
    exports dev.bartizan.formats.boosted;
    exports dev.bartizan.formats.images;
    exports dev.bartizan.formats.json;
    exports dev.bartizan.formats.npy;
    exports dev.bartizan.formats.ocdbt;
    exports dev.bartizan.formats.onnx;
    exports dev.bartizan.formats.parquet;
    exports dev.bartizan.formats.safetensors;
    exports dev.bartizan.formats.tar;
    exports dev.bartizan.formats.ubjson;
    exports dev.bartizan.formats.weights;
    exports dev.bartizan.formats.zip;
    exports dev.bartizan.formats;
}
