/// Whether files are the ones that were pinned.
module dev.bartizan.provenance {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.formats;

    exports dev.bartizan.provenance.oms;

    provides dev.bartizan.core.Check with
            dev.bartizan.provenance.IntegrityCheck;
    provides dev.bartizan.core.SchemaSource with
            dev.bartizan.provenance.ArtifactSchema;
}
