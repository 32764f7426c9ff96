package dev.bartizan.cli;

import dev.bartizan.threats.rules.RuleBook;
import dev.bartizan.threats.rules.RuleLint;
import dev.bartizan.threats.systemfile.Vocabulary;
import dev.bartizan.threats.yaml.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bartizan threats lint-rules`: rules that are wrong in themselves.
@Command(
        name = "lint-rules",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Finds rules that name unknown claims, facts, controls or catalogue ids, say too"
                        + " little, can never fire, are given twice, or add nothing to another."
                        + " Catalogues that were imported are known. Exit code 1 when there are"
                        + " any.")
final class LintRulesCommand extends ShellCommand {
    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of rules of your own, beside those that come with the tool.")
    private @Nullable Path rules;

    @Option(
            names = "--knowledge",
            paramLabel = "DIR",
            description = "The folder of imported catalogues. Default: the user's own.")
    private @Nullable Path knowledge;

    @Override
    public Integer call() throws IOException {
        RuleBook book = RuleBook.bundled();
        RuleBook own = rules == null ? RuleBook.of(List.of()) : RuleBook.read(rules);
        List<Problem> problems =
                RuleLint.check(
                        book,
                        own,
                        Vocabulary.of(Wiring.discover().fragments()),
                        CatalogStore.open(knowledge).catalogues());
        problems.forEach(out()::println);
        int count = book.rules().size() + own.rules().size();
        out().printf("%d rules, %d problems%n", count, problems.size());
        out().flush();
        return problems.isEmpty() ? 0 : 1;
    }
}
