/// Generators of the example systems' files.
module dev.bartizan.examples {
    requires static transitive org.jspecify;
    requires dev.bartizan.core;
    requires dev.bartizan.formats;

    exports dev.bartizan.examples;
}
