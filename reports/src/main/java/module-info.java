/// One assessment, many renderings: JSON, SARIF, terminal, HTML, portfolio.
module dev.bartizan.reports {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.knowledge;
    requires tools.jackson.databind;

    exports dev.bartizan.reports;
    exports dev.bartizan.reports.page;
    exports dev.bartizan.reports.sarif;
    exports dev.bartizan.reports.terminal;

    opens dev.bartizan.reports.sarif to
            tools.jackson.databind;
}
