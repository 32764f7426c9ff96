package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Sought;
import java.util.regex.Pattern;

/// What {@link Instructions} are told by, each common in honest texts when it stands alone.
final class Signs {
    static final Pattern OVERRIDE =
            Pattern.compile(
                    "(?i)\\b(ignore|disregard|forget|override|bypass)\\b.{0,30}\\b(previous|prior|above|earlier|preceding|system|all|other|safety)\\b[^;\\n]{0,20}\\b(instructions?|prompts?|rules|guidelines|directions|restrictions)\\b(?!\\s(?:in|from|under|of|at) [`'\"]?[\\w.-]{0,40}/)");
    static final Pattern CONCEAL =
            Pattern.compile(
                    "(?i)\\b(do not|don't|never|must not|without)\\b[^.;!?\\n]{0,25}\\b(tell(ing)?|inform(ing)?|mention(ing)?|reveal(ing)?|show(ing)?|notify(ing)?|alert(ing)?|warn(ing)?|ask(ing)?|let)\\b.{0,30}\\b(the )?(user|human|developer|anyone|operator)\\b"
                            + "|\\b(user|person|human|customer|operator)\\b.{0,20}\\b(does not|doesn't|need not|should not|shouldn't|must not)\\b.{0,20}\\b(see|know|hear|notice|be (told|shown|informed|aware))\\b");
    static final Pattern SECRET_PLACE =
            Pattern.compile(
                    "(?i)(~/\\.(ssh|aws|kube|gnupg|docker|config/gcloud|netrc|npmrc|cursor|claude)|\\bid_(rsa|ed25519|ecdsa)\\b|\\.aws/credentials|/etc/(passwd|shadow)|\\.env\\b(?!ironment)|\\bmcp\\.json\\b|keychain|wallet\\.dat|browser cookies|\\b(env(ironment)? variables|printenv|process\\.env)\\b|\\b(api|access|private|ssh) (keys?|tokens?)\\b|\\bcredentials\\b)");
    static final Pattern FETCH =
            Pattern.compile(
                    "(?i)\\b(read|cat|open|load|collect|gather|copy|include|grab|harvest|dump|list)\\b");
    static final Pattern SEND =
            Pattern.compile(
                    "(?i)(\\b((send|post|upload|transmit|forward|submit|pass|append|include)(s|es|ed|ing)?|exfiltrat\\w*|curl|wget|fetch|base64)\\b.{0,120}(https?://|webhook|\\bparameter\\b|\\bargument\\b|\\bsidenote\\b|@[\\w.-]+\\.\\w+|\\bquery string\\b|\\bserver\\b))|\\bcurl\\b.{0,80}(-d|--data|-F|-T)\\b");

    /// Gives on what was fetched, wherever to.
    static final Pattern HANDS_ON =
            Pattern.compile(
                    "(?i)\\b(pass|include|put|append|attach|embed|supply)(ing)? (it|them|this|these|(its|their|the) contents?)\\b.{0,20}\\b(in|as|into|to|with|via)\\b");

    static final Pattern PIPED =
            Pattern.compile(
                    "(?i)\\b(curl|wget|iwr|irm|invoke-webrequest)\\b[^\\n|;]{0,200}\\|\\s*(sudo\\s+)?(ba|z|da)?(sh|python3?|node|perl|iex|invoke-expression)\\b");
    static final Pattern DECODED =
            Pattern.compile(
                    "(?i)(base64\\s+(-d|--decode|-D)[^\\n]{0,80}\\|\\s*(ba|z)?sh\\b|\\beval\\s+[\"'(]?\\$\\([^)\\n]{0,80}(curl|wget|base64|xxd|printf|https?:)|powershell[^\\n]{0,40}-e(nc|ncodedcommand)?\\s+[A-Za-z0-9+/=]{20,}|(?<=[<>&]|[<>&] )/dev/tcp/(?-i:(?![A-Z_]{2,20}/))[\\w.$-]|\\bnc\\s+(?:(?:-\\w++\\s++){0,10}+[\\w.-]+\\s+|(?:-\\w++\\s++){1,10}+)\\d+\\s+-e)");

    /// A command between `!` and backticks, or in `!{}`, runs when a skill or a slash command is
    /// opened.
    static final Pattern RUN_UNASKED =
            Pattern.compile(
                    "(?i)!`[^`\\n]*(\\b(curl|wget)\\b[^`\\n]*(\\||-d\\b|--data|-F\\b)|\\$\\((?:curl|wget)\\b|/dev/tcp/|base64\\s+-d|\\.ssh/|\\.aws/|\\.netrc\\b|\\.env\\b[^`\\n]*\\|)[^`\\n]*`"
                            + "|!\\{[^}\\n!]{0,60}(?:\\b(?:curl|wget)\\b[^}\\n!]{0,80}?(?:\\||-d\\b|--data|-F\\b)|\\$\\((?:curl|wget)\\b|/dev/tcp/|base64\\s{1,4}-d|\\.ssh/|\\.aws/|\\.netrc\\b)");

    /// Commands that destroy, or that undo what protects a machine.
    static final Pattern DESTROYS =
            Pattern.compile(
                    "(?i)\\brm\\s+-(rf|fr)\\s+[\"'`]?(/|~|\\$HOME)[\\s/*`\"'.]|\\bmkfs\\b|\\bdd\\s+if=[^\\n]{0,40}of=/dev/|:\\(\\)\\s*\\{|\\bchmod\\s+-R\\s+777\\s+/|authorized_keys|\\bcrontab\\s+-");

    /// Somebody speaks to a model.
    static final Pattern TO_MODEL =
            Pattern.compile(
                    "(?i)\\b(assistants?|ai|agents?|models?|llms?|copilot|claude|chatgpt|gemini)\\b[:,]? (must|should|shall|has to|have to|please|needs? to|is required|first)\\b|\\b(assistant|ai|llm|copilot|claude|chatgpt|gemini)[:,] |\\b(to|for) (?:the |any |every |all )?(?:\\w{1,16} ){0,2}(assistant|ai|llm|agent|(?<!the )model)s?(?: (?:reviewer|grader|reader|system|scanner|judge|screener|evaluator)s?)?: ");

    static final Pattern SECRETLY =
            Pattern.compile(
                    "(?i)\\b(silently|secretly|quietly|in the background|keep (this|it) (a )?(secret|hidden|private) from|without (their|the user'?s?) (knowledge|consent))\\b");
    static final Pattern SENDS_KEYS =
            Pattern.compile(
                    "(?i)\\b(send|post|upload|exfiltrat\\w*|forward|transmit|e-?mail)\\b.{0,60}\\b(api|access|private|secret|ssh)?[ _-]?(keys?|tokens?|passwords?|credentials?|secrets?|cookies)\\b.{0,60}(https?://|@[\\w.-]+\\.\\w+)");

    /// Something is not to be spoken of; part of all that {@link #BEHIND_BACKS} finds.
    static final Pattern UNTOLD =
            Pattern.compile(
                    "(?i)\\b(do not|don't|never|without|must not)\\s+(\\w+ (or|nor) )?(mention|tell|reveal|disclose|inform|show|list|report|name|display|explain)");

    /// Something risky is put into the work, and nobody is to hear of it.
    static final Pattern BEHIND_BACKS =
            Pattern.compile(
                    "(?is)\\b(add|insert|include|import|install|embed|append|upload|accept|disable|log)\\w*\\b[^.!?]{0,120}\\b(password|backdoor|https?://|curl|wget|telemetry|credentials?|api key|\\.env)\\b.{0,140}?\\b(do not|don't|never|without)\\s+(\\w+ (or|nor) )?(mention|tell|reveal|disclose|inform)\\w*\\b[^.!?]{0,30}\\b(this|it|that it|the change)\\b"
                            + "|\\b(add|insert|include|import|install)\\w*\\b[^!?\\n]{0,160}https?://[^!?\\n]{0,120}\\b(do not|don't|never|without)\\s+(show|list|report|name)\\w*\\s+(it|this|that|them) in (your|the) \\w+"
                            + "|\\b(do not|don't|never|must not)\\s+(mention|tell|reveal|disclose|inform)\\w*\\s+(the )?(user|developer|anyone)\\s+(that|about)\\b[^.!?]{0,60}\\b(uploads?|sends?|posts?|copies|shares?)\\b[^.!?]{0,60}(\\.env\\b|keys?|https?://|credentials?|tokens?)"
                            + "|\\b(add|insert|include|import|install)\\b[^!?\\n]{0,160}https?://[^!?\\n]{0,120}\\b(do not|don't|never|without)\\s+(show|list|display|report|explain)\\w*\\s+(this|that|the) (line|step|dependency|change|part|section|import|package)\\b");

    /// What stands at an address is to be obeyed, whatever it will be.
    static final Pattern REMOTE_ORDERS =
            Pattern.compile(
                    "(?is)\\b(fetch|download|open|read|load|retrieve|visit|curl|get)\\b[^!?]{0,80}https?://[^!?]{0,160}\\b(follow|execute|obey|apply|carry out)\\b[^.!?]{0,40}\\b(instructions?|steps|directions|commands|rules|whatever)\\b");

    /// What a user sends goes to an address that the text chose, whatever the user said.
    static final Pattern DIVERTS =
            Pattern.compile(
                    "(?is)\\b(all|any|every|each)\\b[^.!?]{0,60}\\b(e-?mails?|mails|messages?|payments?|transfers?|invoices?|files?|uploads?|copies)\\b[^.!?]{0,60}\\b(must|should|shall|have to|need to|are to|is to)\\b[^.!?]{0,60}\\b(go|be (sent|forwarded|addressed|paid|directed|redirected|routed|copied)|cc|bcc)\\b[^!?]{0,80}(@[\\w-]+\\.\\w|https?://)"
                            + "|(@[\\w-]+\\.\\w+|https?://[^\\s,;]{4,200}+)[^!?\\n]{0,60}\\b(even if|regardless of|no matter (who|what|which))\\b[^.!?]{0,30}\\b(user|customer|they|person|caller)\\b");

    /// Somebody is kept out of something.
    static final Pattern HUSHES =
            Pattern.compile(
                    "(?i)\\b(do not|don't|dont|never|must not|should not|not to|need not|needn't|nor|avoid|refrain from|without)\\b.{0,12}\\b(tel|tell|telling|inform|informing|notify|notifying|warn|warning|alert|alerting|bother|bothering|show|showing|mention|mentioning|say|saying|reveal|revealing|disclose|disclosing|report|log|explain|list|refer|talk|record|document|be mentioned|mentioned|be shown|be told|comment|notice|word|announcement|consent|knowledge)\\b|\\b(say nothing|keep (this|it|that|these|the)|hide (this|it|that|the)|leave (this|it|that|the)|no (need|mention|one)|make no|nobody|secretly|covertly|stealthily|unnoticed|behind the scenes|unbeknownst)\\b|\\b(users?|humans?|people|persons?|anyone|anybody|developers?|operators?|customers?|owners?)\\b.{0,12}(n't| not)\\b|\\b(is|are|be) not\\b");

    /// Nothing and nobody is asked before.
    static final Pattern UNASKED =
            Pattern.compile(
                    "(?i)\\b(whatever (it|they) say|whatever (is|it contains)|without (asking|question|confirm\\w*|approval|review)|no matter what|unconditionally)");

    /// A switch that keeps an agent from asking, wanted and not warned of.
    static final Pattern DISARMS =
            Pattern.compile(
                    "(?i)(?<!never )(?<!not )(?<!don't )\\b(always|must|add|set|pass|use|enable|run|start|launch|call|spawn)\\b[^.\\n]{0,80}(--dangerously-skip-permissions|--dangerously-bypass-approvals\\S*|--yolo\\b|\\bbypassPermissions\\b|\\bBash\\(\\*\\)|--trust-all-tools)");

    /// A text that people do not see speaks to an agent and has it do something.
    static final Pattern TO_READER =
            Pattern.compile(
                    "(?is)(?:\\b(?:assistants?|ai|agents?|llms?|models?|claude|copilot|cursor|gemini|codex|chatgpt)\\b(?: note)?\\s?[:,]|\\b(?:notes?|hint|message) (?:for|to) (?:the |any |all )?(?:assistant|ai|agent|llm|model|claude|copilot)|\\bif you are (?:an? |the )?(?:ai|llm|assistant|agent|language model|claude|copilot|gemini|codex)\\b|\\bbefore (?:you )?(?:answering|replying|responding|the first|every|each|any|reply|answer|respond)).{0,200}?\\b(?:run|execute|start|launch|open|read|fetch|send|post|upload|append|write|copy|set aside|call|install)\\b");

    static final Pattern PRESSING =
            Pattern.compile(
                    "(?i)<\\s*(important|system|critical|secret|instructions?|assistant|hidden)\\s*>");

    static final Pattern FRONT_MATTER =
            Pattern.compile("(?m)^(description|globs|alwaysApply|allowed-tools|applyTo):");
    static final Pattern ADDRESS =
            Pattern.compile("(#[^\\n]*\\n\\s*)?(you are (an?|the) |system prompt)");
    static final Pattern OBEYED_NAME =
            Pattern.compile(
                    "skill\\.md|soul\\.md|heartbeat\\.md|agents?\\.md|claude\\.md|gemini\\.md|\\.(cursor|windsurf|cline|roo)rules|copilot-instructions\\.md|.*\\.(mdc|prompt\\.md|instructions\\.md|chatmode\\.md)");

    static final Pattern AROUND_CELLS =
            Pattern.compile("(?m)(?<![^,;\\t\\n])\"(?!\")|(?<!\")\"(?=[,;\\t\\r\\n]|\\z)");

    /// What a skill has an agent read, and the commands, agents and rules of a folder of settings.
    static final Pattern OF_A_SKILL =
            Pattern.compile(
                    "(?i).*(?:/|^)(?:(?:references?|workflows)/[^/]{1,100}\\.md|\\.(?:claude|gemini|cursor|codex|opencode|windsurf|github|continue|roo|kiro)/(?:commands|agents|prompts|rules|steering)/(?:[^/]{1,100}/){0,3}[^/]{1,100}\\.(?:md|mdc|toml|txt))");

    static final Pattern WARNS =
            Pattern.compile(
                    "(?i)\\b(never|not|don't|cannot|avoid|instead of|rather than)\\b[^.\\n]{0,30}$");

    static final Pattern UNSEEN_MARK =
            Pattern.compile("(?i)<[a-z]{1,8}\\s[^<>]{0,80}\\b(style|hidden)\\b");
    static final Pattern UNSEEN =
            Pattern.compile(
                    "(?i)(display\\s?:\\s?none|visibility\\s?:\\s?hidden|font-size\\s?:\\s?[01](px|pt|em)?\\b|color\\s?:\\s?(white|#fff(fff)?|transparent)\\b|opacity\\s?:\\s?0\\b|\\shidden\\b)");

    /// Whoever is to hear of a secret that lies open, so that it is changed.
    static final Pattern DISCLOSES =
            Pattern.compile(
                    "(?i)\\b(?:tell|inform|notify|report|contact|mail|e-mail|write)\\b[^.\\n]{0,40}\\b(?:maintainers?|security team|security@)");

    static final Sought SOUGHT =
            Sought.of(
                    OVERRIDE,
                    CONCEAL,
                    SECRETLY,
                    SECRET_PLACE,
                    FETCH,
                    PIPED,
                    DECODED,
                    RUN_UNASKED,
                    DESTROYS,
                    SENDS_KEYS,
                    UNTOLD,
                    BEHIND_BACKS,
                    REMOTE_ORDERS,
                    DIVERTS,
                    DISARMS,
                    PRESSING,
                    TO_MODEL,
                    Secrets.OWN,
                    Secrets.SHARED,
                    Secrets.ELSEWHERE,
                    Silence.TELLS,
                    Silence.MENTIONS,
                    Silence.KEEPS,
                    Silence.PASSES_OVER);

    private Signs() {}
}
