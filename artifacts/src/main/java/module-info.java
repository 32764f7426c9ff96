/// The scanner of model files.
module dev.bartizan.artifacts {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires transitive dev.bartizan.formats;
    requires com.github.luben.zstd_jni;
    requires java.management;
    requires org.apache.commons.compress;
    requires org.snakeyaml.engine;
    requires org.tukaani.xz;
    requires tools.jackson.databind;

    exports dev.bartizan.artifacts;
    exports dev.bartizan.artifacts.advisory;
    exports dev.bartizan.artifacts.convert;
    exports dev.bartizan.artifacts.spi;

    provides dev.bartizan.core.Check with
            dev.bartizan.artifacts.ArtifactScanCheck;
    provides dev.bartizan.core.FactSource with
            dev.bartizan.artifacts.ArtifactFacts,
            dev.bartizan.artifacts.review.ModelReview;
    provides dev.bartizan.core.SchemaSource with
            dev.bartizan.artifacts.ScanSchema;
}
