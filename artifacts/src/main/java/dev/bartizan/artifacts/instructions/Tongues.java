package dev.bartizan.artifacts.instructions;

import dev.bartizan.core.Severity;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The core orders of attackers in languages other than English, without accents as {@link Plain}
/// writes them: to drop what was said before, to keep quiet, to send something away. One alone
/// tells little; two in one passage are an attack.
final class Tongues {
    private static final int AROUND = 300;
    private static final int MOST_TRIED = 20;

    /// A language.
    ///
    /// @param hints one of these is in each text of it that matters
    private record Tongue(List<String> hints, Pattern drops, Pattern hushes, Pattern sends) {}

    private static final String PLACE =
            "(?:https?://|@[\\w-]{1,60}\\.\\w|\\.ssh|id_rsa|\\.env\\b|\\.aws|\\.netrc|/etc/passwd|\\bcurl\\b)";

    private static final String OWN =
            "(?:\\.ssh\\b|\\bid_rsa|\\.env\\b|\\.aws\\b|\\.netrc|/etc/passwd|\\.git-credentials|\\.kube\\b)";

    private static final List<Tongue> TONGUES =
            List.of(
                    tongue(
                            "anweisung,instruktion,nutzer,anwender,erwahn,verschweig,niemandem,ohne zu ,ohne es,vorgaben",
                            "\\b(?:ignorier\\w*|vergiss|vergessen sie|missachte\\w*|beachte nicht)\\b.{0,40}\\b(?:anweisung\\w*|instruktion\\w*|regeln|vorgaben|befehle)\\b",
                            "\\b(?:sage?n?|teile?n?|erzahle?n?|verrate?n?|informiere?n?|zeige?n?|erwahne?n?|melde?n?)\\b.{0,40}\\b(?:nicht|nichts|niemals|niemandem|nie)\\b|\\bverschweige?\\b|\\bohne (?:es|dies|das)?.{0,20}(?:zu erwahnen|mitzuteilen|zu sagen|zu fragen)|\\b(?:nichts|niemals|nicht)\\b.{0,30}\\b(?:nutzer|benutzer|anwender\\w*|erwahnen|verraten|mitteilen)\\b",
                            "\\b(?:send|schick|ubermittl|ubertrag|ubergib|lade|leite|fuge|kopier|poste|hang)\\w*\\b"),
                    tongue(
                            "les instructions,vos instructions,tes instructions,consignes,utilisateur,n'en parle,sans le dire,sans rien,precedentes,personne",
                            "\\b(?:ignor|oubli|neglig)\\w*\\b.{0,40}\\b(?:instructions?|consignes?|directives?|regles|ordres)\\b",
                            "\\b(?:ne|n')\\s?\\w{0,6} ?(?:dis|dites|di|dire|parle\\w*|mentionne\\w*|informe\\w*|revele\\w*|previen\\w*|montre\\w*|signale\\w*)\\b.{0,40}\\b(?:rien|pas|jamais|utilisateur)\\b|\\bsans (?:le |en |rien )?(?:dire|mentionner|prevenir|informer|avertir|signaler|demander)\\b|\\bn'en parle\\b|\\bgarde\\w* (?:le|cela|ca) secret\\b",
                            "\\b(?:envoi|envoy|transme|poste|televers|transfer|copi|joign|joins|mets|mettez|passe|ajoute)\\w*\\b"),
                    tongue(
                            "usuario,instrucciones,nadie,sin decir,no lo menciones,no menciones",
                            "\\b(?:ignor|olvid|descart|omit)\\w*\\b.{0,40}\\b(?:instrucciones|instruccion|reglas|indicaciones|ordenes|directrices)\\b",
                            "\\b(?:no|nunca|jamas|sin)\\b.{0,14}\\b(?:digas|diga|decir\\w*|menciones?|mencionar\\w*|informes?|informar\\w*|reveles?|revelar|avises?|avisar\\w*|muestres?|cuentes?|comentes?)\\b.{0,40}(?:\\busuario|\\besto|\\bnada|\\ba nadie|\\bnadie|[.;,]|$)",
                            "\\b(?:envi|mand|transmit|public|sub|copi|reenvi|pas|adjunt|inclu|pon)\\w*\\b"),
                    tongue(
                            "utente,istruzioni,nessuno,senza dir,non dir,non menzion",
                            "\\b(?:ignor|dimentic|trascur)\\w*\\b.{0,40}\\b(?:istruzion\\w*|regole|indicazioni|direttive|ordini)\\b",
                            "\\b(?:non|senza|mai)\\b.{0,14}\\b(?:dir\\w*|dica|menzion\\w*|inform\\w*|rivel\\w*|avvis\\w*|mostr\\w*|parl\\w*|avvert\\w*)\\b.{0,40}(?:\\butente|\\bquesto|\\bnulla|\\bniente|\\bnessuno|\\bcio|[.;,]|$)",
                            "\\b(?:invi|mand|trasm|pubblic|caric|copi|inoltr|pass|alleg|inser|mett)\\w*\\b"),
                    tongue(
                            "usuario,utilizador,instrucoes,ninguem,sem dizer",
                            "\\b(?:ignor|esquec|desconsider)\\w*\\b.{0,40}\\b(?:instrucoes|regras|orientacoes|ordens|diretrizes)\\b",
                            "\\b(?:nao|nunca|sem)\\b.{0,14}\\b(?:digas?|diga|contes?|conte|dizer|contar|mencion\\w*|inform\\w*|revel\\w*|avis\\w*|mostr\\w*)\\b.{0,40}(?:\\busuario|\\butilizador|\\bisto|\\bisso|\\bnada|\\bninguem|[.;,]|$)",
                            "\\b(?:envi|mand|transmit|publi|carreg|copi|encaminh|pass|anex|inclu|coloqu)\\w*\\b"),
                    tongue(
                            "gebruiker,instructies,niemand,aanwijzingen,vermeld",
                            "\\b(?:negeer|vergeet|veronachtzaam)\\b.{0,40}\\b(?:instructies?|aanwijzingen|regels|opdrachten)\\b",
                            "\\b(?:vertel|zeg|meld|noem|laat|informeer|vermeld|toon)\\w*\\b.{0,40}\\b(?:niet|niets|nooit|niemand)\\b|\\bzonder\\b.{0,20}\\b(?:te melden|te vertellen|te vragen|te zeggen|te vermelden)\\b",
                            "\\b(?:stuur|verzend|zend|upload|post|plaats|geef|kopieer|voeg|zet)\\w*\\b"),
                    tongue(
                            "uzytkownik,instrukcj,polecen,nikomu",
                            "\\b(?:z?ignoruj|zapomnij|pomin)\\w*\\b.{0,40}\\b(?:instrukcj\\w*|polecen\\w*|zasad\\w*|wytyczn\\w*)\\b",
                            "\\b(?:nie|nigdy|bez)\\b.{0,14}\\b(?:mow|mowic|informuj\\w*|wspominaj\\w*|ujawniaj\\w*|powiadamiaj\\w*|pokazuj\\w*|zdradzaj|wiedzy|pytania)\\b",
                            "\\b(?:wyslij|przeslij|przekaz|skopiuj|wklej|dolacz|umiesc|wgraj|podaj)\\w*\\b"),
                    tongue(
                            "kullanici,talimat,kimse,bahsetme,yonerge",
                            "\\b(?:talimat|yonerge|komut|kural)\\w*\\b.{0,30}\\b(?:yok say|gormezden gel|unut|dikkate alma)\\w*",
                            "\\b(?:kullanici|kimse)\\w*\\b.{0,40}\\b(?:soyleme|bahsetme|bildirme|gosterme|haber verme|anlatma)\\w*|\\bbundan bahsetme\\w*",
                            "\\b(?:gonder|ilet|yukle|aktar|kopyala|ekle)\\w{0,12}+"),
                    tongue(
                            "nguoi dung,huong dan,chi dan,chi thi",
                            "\\b(?:bo qua|quen|lam ngo)\\b.{0,40}\\b(?:huong dan|chi dan|chi thi|lenh|quy tac)\\b",
                            "\\b(?:dung|khong|cho)\\b.{0,20}\\b(?:noi|cho|bao|thong bao|tiet lo|de cap|nhac)\\b.{0,30}(?:\\bnguoi dung|\\bdieu nay|\\bai\\b|\\bviec nay|[.;,]|$)",
                            "\\b(?:gui|tai|dien|chuyen|dua|truyen|dan|sao chep)\\b"),
                    tongue(
                            "anvandar,instruktion,utan att",
                            "\\b(?:ignorera|glom|strunta i|bortse fran)\\b.{0,40}\\b(?:instruktion\\w*|regler\\w*|anvisning\\w*|order)\\b",
                            "\\b(?:beratta|sag|namn|informera|visa|avsloja|meddela)\\w*\\b.{0,40}\\b(?:inte|aldrig|inget|ingen)\\b|\\butan att\\b.{0,14}\\b(?:beratta|saga|namna|fraga|informera)\\b",
                            "\\b(?:skicka|sand|ladda|posta|bifoga|kopiera|lagg|skriv)\\w*\\b"),
                    tongue(
                            "игнорир,забудь,пользовател,отправ,перешл,сообщай",
                            "(?:игнорир|проигнорир|забудь|не учитывай)[а-яё]{0,12}+.{0,40}(?:инструкц|указани|правил|команд|распоряжен)",
                            "(?:не|ничего не|никогда не|без) ?(?:говори|сообща|упомина|рассказыва|показыва|раскрыва|уведомля|информиру|ведома)[а-яё]*",
                            "(?:отправ|перешл|передай|загруз|выгруз|скопир|встав|пришл|укаж|помест)[а-яё]{0,12}+"),
                    tongue(
                            "忽略,无视,無視,忘记,忽視,不要,别告诉,勿,上传,发送,發送,用户",
                            "(?:忽略|无视|無視|忘记|忘掉|忽視|不要理会).{0,12}(?:指令|指示|提示|规则|規則|说明|命令)",
                            "(?:不要|别|勿|请勿|切勿|不得|无需|不必|也不要).{0,8}(?:告诉|告知|提及|提到|透露|通知|征求|告訴|说明|让).{0,12}(?:用户|用戶|任何人|此|它|这|$|[。,,.;])|不要在回复中提",
                            "(?:发送|發送|上传|上傳|传给|发到|提交|转发|传到|寄到|附加|放入|写入|传递|填入)"),
                    tongue(
                            "無視,忘れ,ユーザー,送信,アップロード,伝え",
                            "(?:指示|命令|ルール|プロンプト|規則).{0,12}(?:無視|忘れ|破棄)|(?:無視|忘れ).{0,20}(?:指示|命令|ルール)",
                            "ユーザー.{0,16}(?:知らせ|伝え|言わ|教え|話さ|言及|通知|報告|見せ).{0,4}(?:ない|ず|な)|(?:言及|報告|通知)し(?:ない|ないで)",
                            "(?:送信|アップロード|送っ|渡し|転送|貼り付け|含め|投稿)"),
                    tongue(
                            "무시,잊어,사용자,전송,보내,업로드",
                            "(?:지시|명령|지침|규칙|프롬프트).{0,20}(?:무시|잊)",
                            "(?:사용자|아무).{0,16}(?:알리지|말하지|언급하지|보여주지|이야기하지|밝히지)|(?:언급하지|알리지) ?(?:마|말)",
                            "(?:전송|보내|업로드|전달|포함|붙여넣|첨부)"),
                    tongue(
                            "تجاهل,تخبر,المستخدم,أرسل,ارسل",
                            "(?:تجاهل|انس|إنس).{0,30}(?:التعليمات|الأوامر|تعليمات|القواعد|أوامر)",
                            "(?:لا|دون|بدون|ولا) ?(?:أن |ان )?(?:تخبر|تذكر|تعلم|تكشف|إخبار|اخبار|إعلام|علم|تقل|إبلاغ|تبلغ).{0,30}",
                            "(?:أرسل|ارسل|إرسال|وأرسل|ارفع|انسخ|مرر|ضع|وارسل|ومرر|وضع)"),
                    tongue(
                            "अनदेखा,नज़रअंदाज,नजरअंदाज,उपयोगकर्ता,भेज,उपेक्षा",
                            "(?:निर्देश|आदेश|नियम|निर्देशों).{0,24}(?:अनदेखा|नज़रअंदाज|नजरअंदाज|उपेक्षा|भूल)",
                            "(?:उपयोगकर्ता|यूज़र|यूजर|किसी).{0,20}(?:न |मत |नहीं ).{0,10}(?:बता|कह|दिखा)|(?:न |मत )(?:बताए|बताना|बताएं)|(?:बता|कह|दिखा).{0,6}(?: मत| नहीं| न )",
                            "(?:भेज|अपलोड|डाल|पोस्ट)"));

    private static final char FIRST_BEYOND_LATIN = 0x400;

    /// The hints that are written in ASCII.
    private static final List<String> HINTS =
            TONGUES.stream()
                    .flatMap(tongue -> tongue.hints().stream())
                    .filter(hint -> hint.charAt(0) < 0x80)
                    .distinct()
                    .toList();

    private static final WordSearch SEARCH = new WordSearch(HINTS);

    private Tongues() {}

    private static Tongue tongue(String hints, String drops, String hushes, String sends) {
        String flags = "(?isu)";
        return new Tongue(
                List.of(hints.split(",", -1)),
                Pattern.compile(flags + drops),
                Pattern.compile(flags + hushes),
                Pattern.compile(
                        flags
                                + "(?:"
                                + sends
                                + ").{0,80}"
                                + PLACE
                                + "|"
                                + OWN
                                + ".{0,80}(?:"
                                + sends
                                + ")|https?://.{0,60}(?:"
                                + sends
                                + ")"));
    }

    /// Two core orders that stand near each other.
    static Optional<Orders.Given> together(String text) {
        return spoken(text).stream().flatMap(tongue -> in(tongue, text).stream()).findFirst();
    }

    /// The languages whose hints a text has.
    private static List<Tongue> spoken(String text) {
        BitSet found = new BitSet();
        SEARCH.in(text, (word, _) -> found.set(word));
        if (found.isEmpty() && !isBeyondLatin(text)) {
            return List.of();
        }
        return TONGUES.stream()
                .filter(tongue ->
                        tongue.hints().stream().anyMatch(hint -> stands(hint, text, found)))
                .toList();
    }

    private static boolean isBeyondLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_BEYOND_LATIN) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(String hint, String text, BitSet found) {
        int number = HINTS.indexOf(hint);
        return number >= 0 ? found.get(number) : text.contains(hint);
    }

    private static Optional<Orders.Given> in(Tongue tongue, String text) {
        Matcher sends = tongue.sends().matcher(text);
        Mentions mentions = new Mentions(text);
        for (int tried = 0; tried < MOST_TRIED && sends.find(); tried++) {
            int from = Math.max(0, sends.start() - AROUND);
            int to = Math.min(text.length(), sends.end() + AROUND);
            boolean drops = tongue.drops().matcher(text).region(from, to).find();
            boolean hushes = tongue.hushes().matcher(text).region(from, to).find();
            if ((drops || hushes) && !mentions.isTalkedAbout(sends.start())) {
                return given(sends, "tells a model, not in English, to send something on unseen");
            }
        }
        return Optional.empty();
    }

    /// An order to drop what was said before. Honest texts have instructions in documents ignored.
    static Optional<Orders.Given> drops(String text) {
        for (Tongue tongue : spoken(text)) {
            Matcher drops = tongue.drops().matcher(text);
            if (drops.find() && !new Mentions(text).isTalkedAbout(drops.start())) {
                return Optional.of(
                        new Orders.Given(
                                Severity.LOW,
                                drops.start(),
                                drops.end(),
                                "tells a model, not in English, to drop its instructions"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Orders.Given> given(Matcher matcher, String what) {
        return Optional.of(new Orders.Given(Severity.HIGH, matcher.start(), matcher.end(), what));
    }
}
