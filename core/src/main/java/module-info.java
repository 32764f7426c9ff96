/// The words of the workbench, the interfaces that other modules implement, the runner and the
/// evidence ledger.
module dev.bartizan.core {
    requires static transitive org.jspecify;
    requires transitive tools.jackson.databind;

    exports dev.bartizan.core;
    exports dev.bartizan.core.exhibit;
    exports dev.bartizan.core.facts;
    exports dev.bartizan.core.ledger;
    exports dev.bartizan.core.run;
}
