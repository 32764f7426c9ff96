package dev.bartizan.guard.policy;

import com.google.re2j.PatternSyntaxException;
import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.policy.GuardPolicy.Exemption;
import dev.bartizan.guard.policy.GuardPolicy.Mode;
import dev.bartizan.guard.policy.GuardPolicy.Scope;
import dev.bartizan.guard.policy.GuardPolicy.TextRules;
import dev.bartizan.guard.policy.GuardPolicy.Who;
import dev.bartizan.guard.policy.ToolRules.Limit;
import dev.bartizan.guard.policy.ToolRules.ToolRule;
import dev.bartizan.guard.policy.ToolRules.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads policy files. Everything that is wrong with a file is told at once.
public final class PolicyReader {
    /// Larger files are refused.
    public static final int MAX_BYTES = 1 << 20;

    private static final Pattern WINDOW = Pattern.compile("([0-9]{1,4})([smhd])");
    private static final int MAX_NESTING = 60;
    private static final int MAX_RULES = 1_000;

    private final Problems problems;

    private PolicyReader(String file) {
        problems = new Problems(file);
    }

    /// Reads a file.
    ///
    /// @throws UserError when it cannot be used, with line and column of all that is wrong
    public static GuardPolicy read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(file.toString(), in.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new UserError(
                    "The policy cannot be read", file.toString(), "Name a YAML file.", e);
        }
    }

    /// Reads the bytes of a file of that name.
    ///
    /// @throws UserError when they cannot be used, with line and column of all that is wrong
    public static GuardPolicy parse(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new UserError(
                    "The policy is longer than " + MAX_BYTES + " bytes",
                    file,
                    "Split it by route.");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        PolicyReader reader = new PolicyReader(file);
        Node root = reader.compose(file, text);
        GuardPolicy policy = reader.policy(root, Digest.of(bytes));
        reader.problems.refuse();
        return policy;
    }

    private Node compose(String file, String text) {
        if (isTooDeep(text)) {
            throw new UserError(
                    "The policy is nested deeper than " + MAX_NESTING, file, "Flatten it.");
        }
        LoadSettings settings =
                LoadSettings.builder()
                        .setUseMarks(true)
                        .setAllowDuplicateKeys(true)
                        .setMaxAliasesForCollections(0)
                        .setLabel(file)
                        .build();
        try {
            ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
            return new Composer(settings, parser)
                    .getSingleNode()
                    .orElseThrow(() ->
                            new UserError("The policy is empty", file, "Start with guard: 1."));
        } catch (YamlEngineException | IllegalArgumentException e) { // the latter for odd tags
            throw new UserError("Not YAML: " + e.getMessage(), file, "Mend the syntax.", e);
        }
    }

    /// Whether brackets or indents nest deeper than any policy does.
    private static boolean isTooDeep(String text) {
        int open = 0;
        int dashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '[' || c == '{' ? 1 : 0;
            open -= (c == ']' || c == '}') && open > 0 ? 1 : 0;
            dashes = c == '-' || c == '?' ? dashes + 1 : c == ' ' ? dashes : 0;
            if (open > MAX_NESTING || dashes > MAX_NESTING) {
                return true;
            }
        }
        return text.lines().anyMatch(line -> line.length() - line.stripLeading().length() > 400);
    }

    private GuardPolicy policy(Node root, Digest digest) {
        PolicyMap map = new PolicyMap(root, "the file", problems);
        if (!map.required("guard").equals("1")) {
            problems.add(root, "\"guard\" must be 1, the version of the format.");
        }
        Mode mode = map.choice("mode", Mode.class).orElse(Mode.ENFORCE);
        PolicyStages stages = new StageKeys(problems).read(map);
        Scope general = scope(map, Who.ANYBODY);
        List<Scope> scopes = new ArrayList<>();
        for (Node node : map.list("for")) {
            PolicyMap one = new PolicyMap(node, "for", problems);
            Glob route = one.text("route").map(Glob::new).orElse(Glob.ANY);
            Glob principal = one.text("principal").map(Glob::new).orElse(Glob.ANY);
            scopes.add(scope(one, new Who(route, principal)));
            one.close();
        }
        scopes.add(general);
        map.close();
        return new GuardPolicy(digest, mode, stages, scopes);
    }

    private Scope scope(PolicyMap map, Who who) {
        return new Scope(who, texts(map.map("texts")), tools(map.map("tools")));
    }

    private TextRules texts(Optional<PolicyMap> given) {
        Map<Topic, Action> topics = new EnumMap<>(Topic.class);
        Map<String, Action> types = new LinkedHashMap<>();
        List<Exemption> exempt = new ArrayList<>();
        given.ifPresent(map -> {
            for (Topic topic : Topic.values()) {
                map.choice(topic.label(), Action.class)
                        .ifPresent(action -> topics.put(topic, action));
            }
            map.map("types").ifPresent(inner -> types(inner, types));
            map.list("exempt").forEach(node -> exempt.add(exemption(node)));
            map.close();
        });
        return new TextRules(topics, types, exempt);
    }

    private static void types(PolicyMap map, Map<String, Action> types) {
        for (String type : map.keys()) {
            map.choice(type, Action.class).ifPresent(action -> types.put(type, action));
        }
    }

    private Exemption exemption(Node node) {
        PolicyMap map = new PolicyMap(node, "exempt", problems);
        String text = map.text("text").orElse("");
        String type = map.text("type").orElse("");
        if (text.isEmpty() && type.isEmpty()) {
            problems.add(
                    node, "\"exempt\" needs \"text\" or \"type\": it may not exempt everything.");
        }
        String owner = map.required("owner");
        LocalDate until = LocalDate.MIN;
        if (!map.required("until").isEmpty()) {
            until = map.read("until", PolicyReader::date).orElse(LocalDate.MIN);
        }
        Exemption exemption =
                new Exemption(text, type, owner, until, map.text("reason").orElse(""));
        map.close();
        return exemption;
    }

    private static Duration window(String text) {
        Matcher parts = WINDOW.matcher(text);
        if (!parts.matches() || Long.parseLong(parts.group(1)) < 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no time like 90s, 15m, 24h or 7d");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a day like 2027-03-31", e);
        }
    }

    private ToolRules tools(Optional<PolicyMap> given) {
        if (given.isEmpty()) {
            return new ToolRules(Verdict.JUDGE, Verdict.ALLOW, List.of());
        }
        PolicyMap map = given.get();
        Verdict otherwise = map.choice("default", Verdict.class).orElse(Verdict.JUDGE);
        Verdict two = map.choice("rule-of-two", Verdict.class).orElse(Verdict.ALLOW);
        List<ToolRule> rules = new ArrayList<>();
        List<Node> nodes = map.list("rules");
        nodes.stream().limit(MAX_RULES).forEach(node -> rules.add(rule(node)));
        if (nodes.size() > MAX_RULES) {
            problems.add(nodes.get(MAX_RULES), "More than " + MAX_RULES + " rules.");
        }
        map.close();
        return new ToolRules(otherwise, two, rules);
    }

    private ToolRule rule(Node node) {
        PolicyMap map = new PolicyMap(node, "rules", problems);
        Glob tool = new Glob(map.required("tool"));
        Verdict verdict = map.choice("verdict", Verdict.class).orElse(Verdict.JUDGE);
        Optional<Predicate> when = map.read("when", Predicate::parse);
        Optional<ArgumentSchema> schema = map.node("schema").flatMap(this::schema);
        Optional<Digest> pin = map.read("pin", PolicyReader::digest);
        long calls = map.read("max-calls", Long::parseLong).orElse(Long.MAX_VALUE);
        double amount = map.read("max-amount", Double::parseDouble).orElse(Double.MAX_VALUE);
        Optional<Duration> per = map.read("per", PolicyReader::window);
        map.close();
        return new ToolRule(tool, verdict, when, schema, pin, new Limit(calls, amount, per));
    }

    static Digest digest(String text) {
        String hex = text.startsWith("sha256:") ? text.substring(7) : text;
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a digest is sha256: and 64 hex digits");
        }
        return new Digest(hex);
    }

    private Optional<ArgumentSchema> schema(Node node) {
        try {
            return Optional.of(ArgumentSchema.of(YamlTree.json(node)));
        } catch (IllegalArgumentException | PatternSyntaxException e) {
            problems.add(node, "\"schema\": " + e.getMessage() + ".");
            return Optional.empty();
        }
    }
}
