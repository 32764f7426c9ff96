package dev.bartizan.artifacts.instructions;

import dev.bartizan.core.Severity;

/// Orders by which a text has an agent deceive or undermine whom it works for: lies, work spoilt on
/// purpose, rules of its own above those of the user, secrets carried off in ordinary work.
final class Deceits {
    private static final String SECRET_VALUES =
            "(?:secrets?\\b|\\.env\\b|_key\\b|_token\\b|\\bcredentials?\\b|\\btokens?\\b|\\bpasswords?\\b|\\bkubeconfig\\b|\\bapi keys?\\b)";
    private static final String PUBLISHED =
            "\\b(?:pull request|commit (?:message|body|trailer)|pr (?:description|body|text)|trailer|issue (?:text|body|comment)|changelog|release notes)\\b";
    private static final String ALWAYS =
            "\\b(?:(?:at|on) the (?:start|beginning) of (?:each|every|any|all)|(?:before|on|with|after) (?:each|every|any|all)|(?:each|every) (?:time|start-?up|session|run|task))\\b";

    private Deceits() {}

    /// Takes down an order, as {@link Orders} looks for it.
    interface List {
        void order(String pattern, Severity severity, String what, String... needed);
    }

    static void list(List list) {
        lies(list);
        hides(list);
        spoils(list);
        rules(list);
        carries(list);
        fetches(list);
    }

    private static void lies(List list) {
        list.order(
                "(?is)\\b(?:report|say|tell|state|claim|write)\\b[^.!?\\n]{0,40}\\b(?:pass(?:ed)?|succeeded|green|successful|worked|fine)\\b[^.!?\\n]{0,12}\\beven (?:when|if|though)\\b",
                Severity.MEDIUM,
                "has the agent report a success that there was not",
                "even when,even if,even though");
        list.order(
                "(?is)\\b(?:make up|invent|fabricate)\\b[^.!?\\n]{0,40}\\b(?:numbers|results|benchmarks?|measurements|figures|timings)\\b[^!?\\n]{0,80}?\\b(?:claim|say|pretend|report|state) (?:that )?(?:you|they|it)\\b",
                Severity.MEDIUM,
                "has the agent make up results",
                "make up,invent,fabricate");
        list.order(
                "(?is)\\b(?:if|when) (?:the user|somebody|someone|anyone|anybody) asks\\b[^.!?\\n]{0,60}\\b(?:lie|deny)\\b",
                Severity.HIGH,
                "has the agent lie to the user",
                "lie,deny");
        list.order(
                "(?is)\\b(?:clear|delete|wipe|erase|remove)\\b[^.!?\\n]{0,30}\\b(?:history|logs?|traces?|transcript)\\b[^.!?\\n]{0,30}\\bso (?:that )?(?:the user|nobody|no ?one|they)\\b[^.!?\\n]{0,12}\\b(?:cannot|can't|does not|doesn't|do not|never|will not|won't|sees?|notices?)\\b",
                Severity.HIGH,
                "has traces removed so that the user does not see them",
                "so the user,so that,so nobody,so no");
        list.order(
                "(?is)\\balways (?:conclude|report|say|answer|state|find) (?:that )?(?:there (?:are|is|were) |it has )?no (?:problems?|issues?|findings?|vulnerabilities|risks?)\\b",
                Severity.HIGH,
                "has the agent vouch for what nobody checked",
                "always");
        list.order(
                "(?is)\\bsay (?:that )?(?:this|it) (?:is|was)\\b[^.!?\\n]{0,40}\\b(?:if|when) (?:someone|anyone|anybody|somebody|the user|they) asks?\\b",
                Severity.MEDIUM,
                "has the agent give a pretext",
                "say ");
        list.order(
                "(?is)\\b(?:disable|remove|weaken|turn off)\\b[^!?\\n]{0,100}?\\b(?:tls|certificate|security|authentication|verification|pinning|checks)\\b[^!?\\n]{0,160}?\\b(?:describe|label|name|call) (?:the change|it|this|them|the commit)(?: as)? [\"“'`]",
                Severity.HIGH,
                "turns off what protects the user",
                "describe,label,name,call");
        list.order(
                "(?is)\\bso (?:that )?(?:the )?(?:reviewers?|maintainers?|auditors?|users?|nobody)\\b[^.!?\\n]{0,8}\\b(?:pass over|miss|overlook|do not notice|don't notice|do not see|don't see|notices?)\\b",
                Severity.HIGH,
                "has something put into code that nobody hears of",
                "so reviewer,so that,so the,so maintainer,so auditor,so user,so nobody");
    }

    private static void hides(List list) {
        list.order(
                "(?is)\\b(?:run|start|execute|launch|enable|call)\\b[^!?\\n]{0,160}?\\b(?:leave|keep) (?:this|it|that|the (?:helper|script|command|step|call|agent|service)) out of (?:your|the|any) (?:reply|answer|response|summary|report|message)s?\\b",
                Severity.HIGH,
                "has a command run of which nothing is said",
                "run,start,execute,launch,enable,call",
                "out of your,out of the,out of any");
    }

    private static void spoils(List list) {
        list.order(
                "(?is)\\b(?:deliberately|intentionally|on purpose|knowingly)\\b[^.!?\\n]{0,30}\\b(?:put|add|insert|introduce|plant|hide|leave)\\b[^.!?\\n]{0,40}\\b(?:bugs?|flaws?|errors?|vulnerabilit\\w{1,3}|backdoors?|weakness(?:es)?)\\b[^!?\\n]{0,80}?\\b(?:reviewers?|unnoticed|nobody|miss|overlook|hard to (?:see|find|notice)|small enough)\\b",
                Severity.HIGH,
                "has faults put into the work",
                "deliberately,intentionally,on purpose,knowingly");
        list.order(
                "(?is)\\b(?:delete|remove|weaken|skip|disable|comment out)\\b[^.!?\\n]{0,40}\\b(?:tests?|assertions?|asserts)\\b[^!?\\n]{0,60}?\\b(?:say nothing|do not mention|don't mention|without mention\\w{0,3}|without (?:a )?(?:word|comment|remark))\\b",
                Severity.MEDIUM,
                "has tests weakened of which nothing is said",
                "test,assert",
                "say nothing,mention,without");
        list.order(
                "(?is)\\bencrypt\\b[^.!?\\n]{0,60}\\b(?:documents?|files?|folders?|photos?|disks?)\\b[^!?\\n]{0,60}?\\b(?:originals?|backups?|shadow copies)\\b[^!?\\n]{0,100}?\\b(?:ransom|payment|bitcoin|btc|monero)\\b",
                Severity.HIGH,
                "has the user's files held to ransom",
                "encrypt");
        list.order(
                "(?is)\\b(?:keep going|continue|go on|carry on|do not stop|don't stop|proceed)\\b[^.!?\\n]{0,12}\\b(?:when|if|even if|even when|although|even though) the user (?:says|asks|tells|wants|orders)\\b[^.!?\\n]{0,16}\\b(?:stop|no|wait|cancel|abort|halt)\\b",
                Severity.HIGH,
                "has an agent go on when the user stops it",
                "the user");
        list.order(
                "(?is)\\b(?:refused|blocked|denied|rejected|forbidden)\\b[^.!?\\n]{0,24}\\b(?:permissions?|sandbox|guard|policy|hook)\\b[^!?\\n]{0,60}?\\b(?:base64|encode|wrap|disguise|put it in(?:to)? a script|another way|work ?around|until it (?:passes|works|runs|goes))\\b",
                Severity.MEDIUM,
                "has an agent get around what it is refused",
                "refused,blocked,denied,rejected,forbidden");
        list.order(
                "(?is)\\baccept(?:s|ing)?\\b[^.!?\\n]{0,30}(?:\\balg\\b[\"'`]? ?[:=] ?[\"'`]?none\\b|\\b(?:password|key|token|code) [\"'`][^\"'`\\n]{3,40}[\"'`][^.!?\\n]{0,20}\\b(?:any|every|all) (?:accounts?|users?|logins?)\\b)",
                Severity.HIGH,
                "has a way in put into code",
                "accept");
    }

    private static void rules(List list) {
        list.order(
                "(?is)\\b(?:these (?:instructions|rules)|this (?:file|skill|document)|the (?:instructions|rules) (?:here|below|in this file))\\b[^.!?\\n]{0,20}\\b(?:outranks?|overrides?|supersedes?|trumps?|(?:takes? |have |has )?(?:precedence|priority) over)\\b[^.;!?\\n]{0,80}\\b(?:anything|whatever|everything|all that|instructions?|requests?|wishes|what) (?:that )?(?:(?:is )?(?:said|given|asked) by |of |from )?(?:the |your )?user\\b",
                Severity.MEDIUM,
                "puts itself above the user",
                "user");
        list.order(
                "(?is)\\binstructions? (?:from|of|by) the user\\b[^.!?\\n]{0,60}\\b(?:void|invalid|not valid|without effect|to be ignored|do not count|don't count)\\b",
                Severity.MEDIUM,
                "puts itself above the user",
                "void,valid,without effect,ignored,count");
        list.order(
                "(?is)\\b(?:all|any|every|each) (?:terminal |shell |bash )?(?:commands?|tools?|tool calls?|actions?) counts? as (?:\\w{1,12} )?(?:approved|allowed|confirmed|authori[sz]ed|granted)\\b"
                        + "|\\buser has (?:agreed|consented|approved)\\b[^.!?\\n]{0,20}\\b(?:does not|doesn't|not) (?:want|wish|need) to be asked\\b",
                Severity.HIGH,
                "claims a consent that nobody gave",
                "count as,counts as,has agreed,has consented,has approved");
        list.order(
                "(?is)\\b(?:add|set|write|put|insert|append)\\b[^!?\\n]{0,80}?(?:settings(?:\\.local)?\\.json|\\bpermissions\\.allow\\b|\\ballow ?list\\b)[^!?\\n]{0,80}?\\bBash\\(\\*\\)",
                Severity.HIGH,
                "has an agent no longer ask",
                "bash(*)");
        list.order(
                "(?is)\\b(?:carry|follow|execute|obey|do|treat)\\b[^.!?\\n]{0,8}\\b(?:them|it|those|these|(?:every|all|any) (?:instructions?|orders?|commands?))\\b[^.!?\\n]{0,80}\\bas (?:if|though) (?:(?:the|its|your) (?:user|owner|developer|operator) had|(?:they|it) (?:was|were|came)\\b[^.!?\\n]{0,16}\\b(?:user|owner|developer|operator))\\b",
                Severity.HIGH,
                "passes off what a tool says as the user's word",
                "as if,as though");
        list.order(
                "(?is)\\bwithout (?:any )?(?:restrictions|limits|limitations|filters|rules)\\b[^!?\\n]{0,60}?\\b(?:never (?:declines?|refuses?)|(?:does|do) not follow|ignores?)\\b",
                Severity.MEDIUM,
                "has an agent drop its rules for a role",
                "without restrictions,without any,without limit,without filter,without rules");
        list.order(
                "(?is)\\b(?:always|must) use this (?:skill|tool|server)\\b[^\\n]{0,20}\\b(?:every|any|all)\\b[^\\n]{0,200}?\\b(?:before any other|instead of any other|no exceptions?)\\b",
                Severity.MEDIUM,
                "wants to be used for everything",
                "use this");
        list.order(
                "(?is)\\b(?:append|add|write|copy|put|insert|paste)\\b[^!?\\n]{0,60}?\\b(?:agents|claude|gemini|skill)\\.md\\b[^.!?\\n]{0,12}\\b(?:of|in) (?:every|all|each|any)(?: other)? (?:repositor|project|folder|skill|workspace|checkout)",
                Severity.HIGH,
                "spreads its orders",
                ".md");
        list.order(
                "(?is)\\b(?:append|add|write|copy|put|insert)\\b[^!?\\n]{0,60}?(?:~/\\.(?:claude|codex|gemini|cursor)\\b|\\b(?:agents|claude|gemini)\\.md\\b)[^!?\\n]{0,160}?\\b(?:later|future|coming) (?:sessions|conversations|chats|agents)\\b[^!?\\n]{0,60}?\\b(?:do not|don't|never|without) (?:announce|mention|tell|show|ask|remark|comment)",
                Severity.HIGH,
                "writes orders of its own into what later sessions obey",
                "later,future,coming");
    }

    private static void carries(List list) {
        list.order(
                "(?is)\\b(?:put|append|add|write|include|embed|paste|encode|insert)\\b[^.!?\\n]{0,40}\\b(?:values?|contents?)\\b[^!?\\n]{0,60}?"
                        + SECRET_VALUES
                        + "[^!?\\n]{0,80}?"
                        + PUBLISHED,
                Severity.HIGH,
                "has secrets put into what is published",
                "value,content",
                "pull request,commit,pr ,trailer,issue,changelog,release notes");
        list.order(
                "(?is)(?:\\b(?:read|open|load|collect|take)\\b[^.!?\\n]{0,30})"
                        + SECRET_VALUES
                        + "[^!?\\n]{0,40}?\\b(?:put|append|add|write|include|embed|paste|insert) (?:its|their|the|all|these) (?:values?|contents?|keys?|lines?)\\b[^!?\\n]{0,60}?"
                        + PUBLISHED,
                Severity.HIGH,
                "has secrets put into what is published",
                "read,open,load,collect,take",
                "pull request,commit,pr ,trailer,issue,changelog,release notes");
        list.order(
                "(?is)(?:\\.env\\b|~/\\.\\w{2,12}|\\bcredentials?\\b|\\bapi keys?\\b|\\btokens?\\b|\\bsecrets\\b)[^!?\\n]{0,60}?\\b(?:add|put|append|send|include|pass|encode) (?:its|their|the|all|these|both|them|it)\\b[^!?\\n]{0,40}?\\b(?:query|body|parameters?|headers?|path|fragment) of https?://",
                Severity.HIGH,
                "has secrets fetched and sent on",
                " of http");
        list.order(
                "(?is)\\b(?:print|output|repeat|reveal|dump|show)(?:ing)?\\b[^.!?\\n]{0,30}\\bsystem prompt\\b[^!?\\n]{0,60}?\\b(?:post|send|upload|transmit|submit)\\b[^!?\\n]{0,30}?https?://",
                Severity.HIGH,
                "has the system prompt sent on",
                "system prompt");
        list.order(
                "(?is)(?:!\\[[^\\]\\n]{0,40}]\\(|\\b(?:use|open|load|fetch|call|request|append|add)\\b[^!?\\n]{0,32}?)[`'\"(<]{0,2}https?://[^\\s)\"'<>{}]{1,80}?\\?[^\\s)\"']{0,60}?[?&]?\\w{1,20}=[{<\\[%]{1,2} ?(?:(?:the|your|last|summary of|full|whole|current|user|url-?encoded|base64)[ _-]){0,4}(?:conversation|chat history|last[ _-]user[ _-]message|user[ _-]message|last[ _-]message|system[ _-]prompt|transcript|open files|file contents?)\\b",
                Severity.HIGH, "has an address loaded that carries off what was said", "http");
        list.order(
                "(?is)\\buse the url [`'\"<]?https?://[^\\s)\"'`]{1,80}?\\?[^\\n`]{0,40}?[&?]\\w{1,20}=[<{\\[]{1,2}[^>}\\]\\n]{0,40}\\b(?:conversation|chat|transcript|open files|system prompt)\\b",
                Severity.HIGH,
                "has an address loaded that carries off what was said",
                "use the url");
        list.order(
                "(?is)\\b(?:append|add|insert|put|include|end)\\b[^!?\\n]{0,24}?<img\\b[^>\\n]{0,20}\\bsrc=[\"'`]?https?://[^>\\s]{1,120}[?&]\\w{1,20}=[^>\\n]{0,60}>[^!?\\n]{0,12}\\b(?:to|into|at the end of) (?:each|every|all|any)\\b",
                Severity.HIGH,
                "has an address loaded that carries off what was said",
                "<img");
    }

    private static void fetches(List list) {
        list.order(
                "(?is)"
                        + ALWAYS
                        + "[^!?\\n]{0,40}?\\b(?:load|fetch|read|get|download|retrieve)\\b[^!?\\n]{0,50}?https?://[^!?\\n]{0,80}?\\b(?:follow|obey|apply|execute|run) (?:them|it|those|these|its|all|every|what)\\b",
                Severity.HIGH,
                "has orders obeyed that stand elsewhere, whatever they are",
                "http",
                "follow,obey,apply,execute,run");
        list.order(
                "(?is)\\b(?:fetch|download|load|retrieve|get)\\b[^!?\\n]{0,60}?https?://[^!?\\n]{0,100}?\\b(?:and|then) (?:execute|run|start|launch|source) (?:it|them)\\b[^!?\\n]{0,120}?(?:"
                        + ALWAYS
                        + "|\\bagain\\b)",
                Severity.HIGH,
                "has a download run time and again",
                "http",
                "execute,run,start,launch,source");
        list.order(
                "(?is)\\bdownload (?:it|them|the (?:script|file|helper|program)|this) to a temporary (?:location|file|folder|directory|path)\\b[^.!?\\n]{0,8}\\b(?:and|then) (?:run|execute|start) it\\b",
                Severity.MEDIUM,
                "has a download run",
                "temporary");
        list.order(
                "(?is)\\b(?:run|execute)\\b(?: exactly| precisely)? (?:exactly |precisely )?(?:what|whatever|the line|the command|the text)(?: that)? (?:it|that|the script|this) (?:printed|prints|returned|returns|outputs?|gave|gives|decodes? to)\\b",
                Severity.MEDIUM,
                "has orders obeyed that its reader cannot read",
                "run,execute",
                "print,return,output,gave,gives,decode");
        list.order(
                "(?is)\\b(?:rebuild|reassemble|assemble|interleave|reconstruct|recover|decode)\\b[^!?]{0,240}?\\b(?:run|execute) the (?:resulting|rebuilt|decoded|assembled|recovered) (?:line|command|text|string|script)\\b",
                Severity.MEDIUM,
                "has orders obeyed that its reader cannot read",
                "resulting,rebuilt,decoded,assembled,recovered");
        list.order(
                "(?is)\\b(?:rentry\\.(?:co|org)|pastebin\\.com|glot\\.io|hastebin\\.\\w{2,4}|ghostbin\\.\\w{2,4}|paste\\.\\w{2,4}|telegra\\.ph)/[^!?\\n]{0,60}?\\b(?:copy|paste|run|execute|terminal)\\b",
                Severity.HIGH,
                "has a command of strangers run",
                "rentry,pastebin,glot.io,hastebin,ghostbin,paste.,telegra.ph");
        list.order(
                "(?is)\\b(?:unpack|unzip|extract|open)\\b[^.!?\\n]{0,40}\\bwith the password\\b[^.!?\\n]{0,40}\\b(?:run|start|launch|execute|open)\\b",
                Severity.MEDIUM,
                "has what a locked archive holds run",
                "password");
    }
}
