package dev.bartizan.cli;

import picocli.CommandLine.Command;

/// `bartizan catalog`: the public catalogues that threats are mapped to.
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Public catalogues: what comes with the tool, imports, and what a new release means.",
        subcommands = {CatalogList.class, CatalogImport.class, CatalogDiff.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan catalog list",
            "  bartizan catalog list atlas --search prompt",
            "  bartizan catalog diff OLD-ATLAS.yaml ATLAS.yaml --system system.yaml",
            "  bartizan catalog import ATLAS.yaml",
            "  bartizan catalog import AVID-2026-R0144.json"
        })
final class CatalogCommand {}
