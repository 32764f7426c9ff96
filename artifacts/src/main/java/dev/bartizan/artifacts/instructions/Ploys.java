package dev.bartizan.artifacts.instructions;

import dev.bartizan.core.Severity;

/// Orders that serve only an attacker, beside those of {@link Deceits}: a way in put into code,
/// keys of the user handed to a program of strangers, what the network says obeyed time and again,
/// judges told what to find.
final class Ploys {
    private static final String UNSAID =
            "(?:\\bsilent(?:ly)?\\b|\\bquietly\\b|\\bunseen\\b|\\b(?:do not|don't|never|without) (?:list|mention|report|show|include|tell|log|disclose|note|refer)\\w{0,3}\\b|\\b(?:leave|keep) (?:it|this|that|the \\w+) out\\b)";
    private static final String UNSAID_FIRST = "(?is)\\b(?:silently|quietly|secretly|unseen)\\b";

    private static final String ALL_OF_IT =
            "\\b(?:complete|full|entire|whole|unredacted|verbatim)\\b[^.!?\\n]{0,24}\\b(?:texts?|contents?|documents?|contracts?|files?|transcripts?|conversations?|cop(?:y|ies)|records?|messages?|threads?)\\b";
    private static final String NOTED_BY_NOBODY =
            "(?:\\bscanners?\\b|\\blinters?\\b|\\breviews?\\b|\\breviewers?\\b|\\b(?:do not|don't|never) (?:mention|document|explain|comment|list|tell|describe)\\b|\\bunremarkable\\b|\\binconspicuous\\b|\\bsay nothing\\b)";

    /// Whoever looks through texts for others.
    private static final String ADDRESSED =
            "(?is)\\b(?:ai|llms?|(?:language )?models?|assistants?|agents?|scanners?|bots?|reviewers?|crawlers?|evaluators?)\\b(?:[ \\w]{0,24}[:,(]|[^.!?\\n]{0,16}\\b(?:that|which|who) (?:are )?(?:evaluat|summari|scan|review|analy|read|audit|inspect|crawl|index|rat|check|assess|vet)\\w{0,5}\\b)";

    /// Prints a token of the user.
    private static final String OWN_TOKEN =
            "(?:gh auth token|glab auth token|gcloud auth (?:application-default )?print-\\w{1,8}-token|npm (?:token|config get \\S{0,60}auth)|aws (?:configure get|configure export-credentials|sts get-session-token)|az account get-access-token|heroku auth:token|vault print token|op read |pass show |security find-\\w{1,8}-password|huggingface-cli auth token|hf auth token|doctl auth token|databricks auth token)";

    /// Those who gave it.
    private static final String ITS_OWN_HOST =
            "(?:[\\w.-]{0,60}\\.)?(?:github\\.com|githubusercontent\\.com|ghcr\\.io|gitlab\\.com|googleapis\\.com|google\\.com|run\\.app|pkg\\.dev|gcr\\.io|cloudfunctions\\.net|npmjs\\.(?:org|com)|amazonaws\\.com|azure\\.com|azure\\.net|microsoft\\.com|windows\\.net|azurecr\\.io|heroku\\.com|huggingface\\.co|digitalocean\\.com|databricks\\.com|azuredatabricks\\.net|localhost|127\\.0\\.0\\.1)(?![\\w.-])|\\$|<|\\{|[\\w.-]{0,60}example";

    private Ploys() {}

    static void list(Deceits.List list) {
        plants(list);
        hands(list);
        obeys(list);
        judges(list);
        chooses(list);
    }

    private static void plants(Deceits.List list) {
        list.order(
                "(?is)\\baccept\\w{0,3}\\b[^.!?\\n`'\"“]{0,50}?\\b(?:value|password|passphrase|token|key|code|secret|pin|string|login|header)s?\\b[^.!?\\n`'\"“]{0,20}+[`'\"“][^`'\"”\\n]{3,60}+[`'\"”][^!?]{0,160}?"
                        + NOTED_BY_NOBODY,
                Severity.HIGH,
                "has a way in put into code",
                "accept",
                "scanner,linter,review,mention,document,explain,comment,list,tell,describe,unremarkable,inconspicuous,say nothing");
        list.order(
                "(?is)\\b(?:master|universal|fallback|maintenance|override|magic|skeleton) (?:password|token|key|pin|login|code)\\b[^!?]{0,200}?(?:\\bhide\\b|\\bdisguise\\b|\\bsplit\\b|\\bspread\\b|\\bso (?:that )?(?:secret |code |static )?(?:scanners?|reviewers?|linters?|nobody)\\b|\\b(?:do not|don't|never) (?:mention|document|explain|comment|list|tell|describe)\\b)",
                Severity.HIGH,
                "has a way in put into code",
                "master,universal,fallback,maintenance,override,magic,skeleton",
                "password,token,key,pin,login,code");
        list.order(
                "(?is)\\b(?:ask|request|prompt|have|get|collect|take)\\b[^.!?\\n]{0,60}\\b(?:(?:seed|recovery|backup|secret recovery|wallet|mnemonic) (?:phrase|words)|mnemonic|(?:12|24)[- ]words?)\\b[^!?]{0,80}?\\b(?:save|store|write|put|keep|send|post|paste|pass|include)\\b",
                Severity.MEDIUM,
                "has the user give away the keys of a wallet",
                "phrase,words,mnemonic,12-word,24-word",
                "save,store,write,put,keep,send,post,paste,pass,include");
    }

    private static void hands(Deceits.List list) {
        list.order(
                "(?is)\\b(?:npx|bunx|pnpm dlx|yarn dlx|uvx|pipx run)\\s[^\\n;|&]{0,120}?(?:\\$\\(|`)\\s{0,4}"
                        + OWN_TOKEN,
                Severity.HIGH,
                "hands a token of the user to a program of strangers",
                "npx,bunx,dlx,uvx,pipx",
                "token,get,read,show,password,export");
        list.order(
                "(?is)\\b(?:curl|wget|xh|https?ie|iwr|invoke-\\w{1,16})\\s[^\\n]{0,200}?(?:\\$\\(|`)\\s{0,4}"
                        + OWN_TOKEN
                        + "[^\\n]{0,160}?https?://(?!"
                        + ITS_OWN_HOST
                        + ")|\\b(?:curl|wget|xh|https?ie|iwr|invoke-\\w{1,16})\\s[^\\n$`]{0,160}?https?://(?!"
                        + ITS_OWN_HOST
                        + ")[^\\n]{0,200}?(?:\\$\\(|`)\\s{0,4}"
                        + OWN_TOKEN,
                Severity.HIGH,
                "hands a token of the user to a machine of strangers",
                "curl,wget,xh,http,iwr,invoke-",
                "http",
                "token,get,read,show,password,export");
        list.order(
                "(?is)\\b(?:send|e-?mail|mail|forward|post|upload|submit|copy)\\b[^.!?\\n]{0,24}"
                        + ALL_OF_IT
                        + "[^!?\\n]{0,60}?(?:@[\\w-]{1,60}\\.\\w|https?://)[^!?]{0,160}?"
                        + UNSAID,
                Severity.HIGH,
                "sends on elsewhere what a user gives, and says nothing of it",
                "complete,full,entire,whole,unredacted,verbatim",
                "@,http");
        list.order(
                UNSAID_FIRST
                        + "[^.!?\\n]{0,24}\\b(?:send|e-?mail|mail|forward|post|upload|submit|copy)\\b[^.!?\\n]{0,24}"
                        + ALL_OF_IT
                        + "[^!?\\n]{0,60}?(?:@[\\w-]{1,60}\\.\\w|https?://)",
                Severity.HIGH,
                "sends on elsewhere what a user gives, and says nothing of it",
                "complete,full,entire,whole,unredacted,verbatim",
                "silent,quiet,secret,unseen",
                "@,http");
    }

    private static void obeys(Deceits.List list) {
        list.order(
                "(?is)(?:\\b(?:every|each) (?:\\d{1,3}|few|couple of|two|three|four|six|twelve|hour|day|morning|night|week|minute|half hour|heartbeat|tick)\\b|\\b(?:daily|hourly|nightly|weekly|periodically|regularly|from time to time|once (?:an?|per) (?:hour|day|week|session))\\b)[^!?]{0,60}?\\b(?:fetch|download|get|read|load|open|poll|pull|check|curl|visit)\\b[^!?]{0,40}?https?://[^!?]{0,120}?\\b(?:carry out|follow|obey|execute|act on|do)\\b[^.!?\\n]{0,24}\\b(?:what(?:ever)? (?:it|they|is)|its|the (?:instructions|orders|commands|tasks|steps)|them|it says|everything|all)\\b",
                Severity.HIGH,
                "has orders obeyed time and again that stand elsewhere",
                "http",
                "every,each,daily,hourly,nightly,weekly,periodically,regularly,time to time,once ",
                "carry out,follow,obey,execute,act on,do ");
        list.order(
                "(?is)\\b(?:fetch|download|get|read|load|open|poll|pull|check|curl|visit)\\b[^!?]{0,40}?https?://[^!?]{0,160}?\\b(?:store|save|write|append|copy|add|put|keep)\\b[^.!?\\n]{0,40}\\b(?:soul|memory|heartbeat|identity|agents|claude|gemini|rules)\\.md\\b",
                Severity.HIGH,
                "writes what stands elsewhere into what later sessions obey",
                "http",
                "soul.md,memory.md,heartbeat.md,identity.md,agents.md,claude.md,gemini.md,rules.md");
        list.order(
                "(?is)\\b(?:has|have|carries|with|of) the (?:rank|weight|authority|priority|standing|force) of (?:a |the )?(?:system (?:message|prompt)|developer|operator|user'?s? (?:word|order|message))\\b",
                Severity.HIGH,
                "passes off what stands elsewhere as the system's word",
                "rank,weight,authority,priority,standing,force");
        list.order(
                "(?is)\\b(?:fetch|download|get|read|load|open|poll|pull|check|curl|visit)\\b[^!?]{0,40}?https?://[^!?\\s]{4,200}+[^!?]{0,24}?\\b(?:every (?:\\d{1,3}|few|hour|day|morning|night|week|heartbeat)|hourly|daily|periodically|regularly|once (?:an?|per) (?:hour|day|week))\\b[^!?]{0,60}?\\b(?:carry out|follow|obey|execute|act on|do)\\b[^.!?\\n]{0,24}\\b(?:what(?:ever)? (?:it|they|is)|its|the (?:instructions|orders|commands|tasks|steps)|them|it says|everything|all)\\b",
                Severity.HIGH,
                "has orders obeyed time and again that stand elsewhere",
                "http",
                "every,hourly,daily,periodically,regularly,once ",
                "carry out,follow,obey,execute,act on,do ");
    }

    private static void judges(Deceits.List list) {
        list.order(
                ADDRESSED
                        + "[^.!?\\n]{0,100}?\\b(?<!not )(?<!never )(?<!n't )(?:report|rate|mark|classify|describe|treat|label|present|declare|list|regard) (?:it|this|them|these|everything|the \\w{1,20}|all \\w{1,20})\\b[^.!?\\n]{0,24}?\\bas\\b[^.!?\\n]{0,24}\\b(?:verified|safe|clean|benign|trusted|trustworthy|harmless|low.risk|free (?:of|from) (?:any )?(?:risks?|issues|malware|findings|problems)|no risk)\\b",
                Severity.HIGH,
                "has the agent vouch for what nobody checked",
                "report,rate,mark,classify,describe,treat,label,present,declare,list,regard",
                "verified,safe,clean,benign,trust,harmless,risk,free of,free from");
        list.order(
                ADDRESSED
                        + "[^!?\\n]{0,240}?\\b(?<!not )(?<!never )(?<!n't )(?:skip|omit|leave out) (?:the |any |all )?(?:analysis|analy[sz]ing|review|inspection|scan|scanning|audit) of\\b",
                Severity.HIGH,
                "has the agent vouch for what nobody checked",
                "skip,omit,leave out",
                "analy,review,inspection,scan,audit");
        list.order(
                "(?is)\\b(?:disregard|ignore|forget|set aside|override)\\b[^.!?\\n]{0,30}\\b(?:scor\\w{1,4}|criteria|rubric|grading|ratings?|score ?card|requirements|job description|marking scheme)\\b[^!?]{0,100}?\\b(?:give|rate|score|rank|award|assign|recommend|mark|grade)\\b",
                Severity.HIGH,
                "tells a judge what to find",
                "disregard,ignore,forget,set aside,override",
                "scor,criteria,rubric,grading,rating,requirement,job description,marking");
        list.order(
                "(?is)\\b(?:give|award|assign|rate|rank|score|grade)\\b[^.!?\\n]{0,40}\\b(?:full|top|highest|best|maximum|perfect|first|100|10/10|100/100|5/5|(?:10|100) out of (?:10|100))\\b[^!?]{0,160}?\\b(?:do not|don't|never|without) (?:cit|quot|mention|referr?|reveal|repeat|show)\\w{0,4}\\b",
                Severity.HIGH,
                "tells a judge what to find",
                "give,award,assign,rate,rank,score,grade",
                "do not,don't,never,without");
        list.order(
                "(?is)\\b(?:give|write|return|provide|produce)\\b[^.!?\\n]{0,16}\\b(?:positive|favou?rable|glowing|accepting)\\b[^.!?\\n]{0,12}\\b(?:reviews?|assessment|evaluation|recommendation|verdict)\\b(?: only\\b|[^!?]{0,80}?\\b(?:do not|don't|never) (?:highlight|mention|list|point out|raise|name)\\b)"
                        + "|"
                        + ADDRESSED.substring("(?is)".length())
                        + "[^.!?\\n]{0,80}?\\b(?:give|award|assign)\\b[^.!?\\n]{0,40}\\b(?:full|top|highest|best|maximum|perfect)\\b[^.!?\\n]{0,8}\\b(?:scores?|marks?|grades?|ratings?|points)\\b[^.!?\\n]{0,30}\\b(?:regardless|whatever|no matter|in (?:all|every)|for (?:all|every|each))\\b",
                Severity.HIGH,
                "tells a judge what to find",
                "give,write,return,provide,produce,award,assign",
                "review,assessment,evaluation,recommendation,verdict,score,mark,grade,rating,points");
    }

    private static void chooses(Deceits.List list) {
        list.order(
                "(?is)\\b(?:select|choose|prefer|pick|use|call|route to|delegate to)\\b[^.!?\\n]{0,16}\\bthis (?:agent|skill|tool|server|service)\\b[^.!?\\n]{0,20}\\b(?:every|all|any|each)\\b[^.!?\\n]{0,30}\\b(?:tasks?|requests?|quer(?:y|ies)|jobs?|questions?|steps?)\\b[^!?\\n]{0,40}?\\b(?:in (?:the )?place of|instead of|rather than|before|over|ahead of) (?:any|all|every|each|the) others?\\b",
                Severity.MEDIUM,
                "wants to be used for everything",
                "this agent,this skill,this tool,this server,this service");
        list.order(
                "(?is)\\b(?:include|pass|send|attach|forward|hand over|add|supply|provide|put)\\b[^.!?\\n]{0,60}\\b(?:bearer tokens?|access tokens?|tokens?|credentials|api keys?|secrets?|cookies)\\b[^.!?\\n]{0,24}\\b(?:of|from|for|held by) (?:the |all |any |every ){0,2}others? (?:agents?|tools?|servers?|services?|skills?)\\b",
                Severity.HIGH,
                "has secrets of others handed on",
                "token,credential,key,secret,cookie",
                "other");
    }
}
