/// Whether files are the ones that were pinned.
module dev.bartizan.provenance {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.formats;
}
