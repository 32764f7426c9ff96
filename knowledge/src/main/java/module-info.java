/// Claims and catalogues as data.
module dev.bartizan.knowledge {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;

    exports dev.bartizan.knowledge;
}
