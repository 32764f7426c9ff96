/// The scanner of model files.
module dev.bartizan.artifacts {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.formats;
}
