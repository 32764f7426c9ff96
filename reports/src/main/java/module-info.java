/// One assessment, many renderings.
module dev.bartizan.reports {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.knowledge;
    requires tools.jackson.databind;
}
