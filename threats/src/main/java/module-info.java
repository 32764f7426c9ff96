/// The system file, the rule engine and the rules.
module dev.bartizan.threats {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires transitive dev.bartizan.knowledge;
    requires org.snakeyaml.engine;
    requires java.xml;
    requires tools.jackson.databind;

    exports dev.bartizan.threats;
    exports dev.bartizan.threats.exchange;
    exports dev.bartizan.threats.rules;
    exports dev.bartizan.threats.systemfile;
    exports dev.bartizan.threats.templates;
    exports dev.bartizan.threats.yaml;
}
