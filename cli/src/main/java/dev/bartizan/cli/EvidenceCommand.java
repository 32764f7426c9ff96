package dev.bartizan.cli;

import picocli.CommandLine.Command;

/// `bartizan evidence`: what people and other tools know, beside what the checks saw.
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Evidence from outside, and a list of everything the ledger holds.",
        subcommands = {EvidenceAdd.class, EvidenceList.class})
final class EvidenceCommand {}
