/// The guard: detection stages with offsets into the original text, tool-call rules with taint,
/// personal data and secrets. A library without HTTP.
module dev.bartizan.guard {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.formats;
    requires static net.datafaker;
    requires static java.management;
    requires transitive re2j;
    requires org.snakeyaml.engine;
    requires transitive tools.jackson.databind;

    exports dev.bartizan.guard;
    exports dev.bartizan.guard.text;
    exports dev.bartizan.guard.regex;
    exports dev.bartizan.guard.rules;
    exports dev.bartizan.guard.classify;
    exports dev.bartizan.guard.output;
    exports dev.bartizan.guard.tools;
    exports dev.bartizan.guard.canary;
    exports dev.bartizan.guard.inputs;
    exports dev.bartizan.guard.personal;
    exports dev.bartizan.guard.policy;
    exports dev.bartizan.guard.scenarios;
    exports dev.bartizan.guard.secrets;
    exports dev.bartizan.guard.training;
    exports dev.bartizan.guard.control;
    exports dev.bartizan.guard.vault;

    uses dev.bartizan.guard.classify.OwnClassifierSource;

    provides dev.bartizan.core.Check with
            dev.bartizan.guard.control.GuardrailCheck;
    provides dev.bartizan.core.FactSource with
            dev.bartizan.guard.control.GuardrailFacts;
    provides dev.bartizan.core.SchemaSource with
            dev.bartizan.guard.control.GuardrailKeys;
}
