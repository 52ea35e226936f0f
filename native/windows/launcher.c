/*
 * shoebox.exe, and shoeboxw.exe, which opens no window: starts Java with the flags of lib\launch.flags and the words that were typed, unchanged.
 *
 * A batch file could not: cmd replaces %NAME% in what it passes on, takes & and ^ for its own, and asks "Terminate batch
 * job?" at Ctrl-C. Java is looked for beside this program (runtime), in JAVA_HOME, and on the PATH.
 */
#define UNICODE
#define _UNICODE
#include <windows.h>
#include <shellapi.h>
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#ifdef WINDOWLESS
#define JAVA L"javaw.exe"
#else
#define JAVA L"java.exe"
#endif
#define OLDEST_JAVA 17
#define MISUSED 2  /* exit code, docs/exit-codes.md */
#define LONGEST 32768 /* characters of a command line, and of a path; source: CreateProcessW */

static wchar_t self[LONGEST], top[LONGEST], java[LONGEST], line[LONGEST];
static HANDLE child;

/* Ends this program with words on standard error: UTF-16 on a console, UTF-8 elsewhere. */
static void give_up(const wchar_t *format, ...) {
    static wchar_t text[LONGEST];
    static char bytes[3 * LONGEST];
    DWORD mode, written;
    HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
    va_list arguments;
    va_start(arguments, format);
    _vsnwprintf(text, LONGEST - 1, format, arguments);
    va_end(arguments);
    if (GetConsoleMode(error, &mode)) {
        WriteConsoleW(error, text, (DWORD)wcslen(text), &written, NULL);
    } else {
        int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        WriteFile(error, bytes, length > 0 ? length - 1 : 0, &written, NULL);
    }
}

/*
 * Where Explorer opened a window for us alone, it closes when we end, and nobody could read what was said. A scheduler has
 * such a window, too, but gives words.
 */
static int end(int code) {
    DWORD processes[2];
    int count = 0;
    LocalFree(CommandLineToArgvW(GetCommandLineW(), &count));
    if (count == 1 && GetConsoleProcessList(processes, 2) == 1) {
        give_up(L"\r\nPress Enter to close this window. Shoebox is typed in a terminal: \"%ls\" --help\r\n", self);
        getwchar();
    }
    return code;
}

static BOOL is_file(const wchar_t *path) {
    DWORD attributes = GetFileAttributesW(path);
    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* Takes the last name off a path. */
static void parent(wchar_t *path) {
    wchar_t *end = wcsrchr(path, L'\\');
    if (end) *end = 0;
}

/* The folder that holds bin and lib; of a relative or a long path, too. */
static BOOL find_self(void) {
    DWORD length = GetModuleFileNameW(NULL, self, LONGEST);
    if (length == 0 || length >= LONGEST) return FALSE;
    wcscpy(top, self);
    parent(top);
    parent(top);
    return TRUE;
}

static BOOL find_java(void) {
    static wchar_t value[LONGEST];
    DWORD length;
    _snwprintf(java, LONGEST - 1, L"%ls\\runtime\\bin\\%ls", top, JAVA);
    if (is_file(java)) return TRUE;
    length = GetEnvironmentVariableW(L"JAVA_HOME", value, LONGEST);
    if (length > 0 && length < LONGEST) {
        _snwprintf(java, LONGEST - 1, L"%ls\\bin\\%ls", value, JAVA);
        if (is_file(java)) return TRUE;
        give_up(L"Shoebox needs Java %d or newer, and there is no \"%ls\", which JAVA_HOME names.\r\n", OLDEST_JAVA, java);
        return FALSE;
    }
    /* The path is given, so that neither this folder nor the current one is searched. */
    length = GetEnvironmentVariableW(L"PATH", value, LONGEST);
    if (length > 0 && length < LONGEST) {
        length = SearchPathW(value, JAVA, NULL, LONGEST, java, NULL);
        if (length > 0 && length < LONGEST) return TRUE;
    }
    give_up(L"Shoebox needs Java %d or newer, and there is none on the PATH nor in JAVA_HOME."
            L" 'winget install EclipseAdoptium.Temurin.21.JRE' installs one.\r\n", OLDEST_JAVA);
    return FALSE;
}

/* Opens a file whose name any characters may be in. */
static FILE *open_file(const wchar_t *folder, const wchar_t *name) {
    static wchar_t path[LONGEST];
    _snwprintf(path, LONGEST - 1, L"%ls\\%ls", folder, name);
    return _wfopen(path, L"rt");
}

/* What this Java says of itself in its file "release"; not every one has it. */
static BOOL is_new_enough(void) {
    static wchar_t home[LONGEST];
    char text[1024];
    int version = OLDEST_JAVA;
    FILE *release;
    wcscpy(home, java);
    parent(home);
    parent(home);
    release = open_file(home, L"release");
    if (!release) return TRUE;
    while (fgets(text, sizeof text, release)) sscanf(text, "JAVA_VERSION=\"%d", &version);
    fclose(release);
    if (version >= OLDEST_JAVA) return TRUE;
    give_up(L"Shoebox needs Java %d or newer, and \"%ls\" is older.\r\n", OLDEST_JAVA, java);
    return FALSE;
}

/* Appends to the command line; nothing of it may be lost without a word. */
static BOOL append(const wchar_t *text) {
    if (wcslen(line) + wcslen(text) + 1 >= LONGEST) {
        give_up(L"The command line is too long for Windows.\r\n");
        return FALSE;
    }
    wcscat(line, text);
    return TRUE;
}

/* Whether a line of launch.flags is for the command, by its first word. */
static BOOL is_for(const char *commands, const char *command) {
    if (strcmp(commands, "all") == 0 || strcmp(commands, command) == 0) return TRUE;
    return strncmp(commands, "not-", 4) == 0 && strcmp(commands + 4, command) != 0;
}

static BOOL append_flags(const char *command) {
    char text[1024], commands[64], flag[960];
    static wchar_t wide[1024];
    FILE *flags = open_file(top, L"lib\\launch.flags");
    if (!flags) return TRUE;
    while (fgets(text, sizeof text, flags)) {
        if (text[0] == '#' || sscanf(text, "%63s %959s", commands, flag) != 2 || !is_for(commands, command)) continue;
        _snwprintf(wide, 1023, L" \"%hs\"", flag);
        if (!append(wide)) {
            fclose(flags);
            return FALSE;
        }
    }
    fclose(flags);
    return TRUE;
}

/* What follows one word and the spaces behind it; source of the rule: CommandLineToArgvW. */
static const wchar_t *after_word(const wchar_t *at) {
    BOOL quoted = FALSE;
    int slashes = 0;
    for (; *at && (quoted || (*at != L' ' && *at != L'\t')); at++) {
        if (*at == L'"' && slashes % 2 == 0) quoted = !quoted;
        slashes = *at == L'\\' ? slashes + 1 : 0;
    }
    while (*at == L' ' || *at == L'\t') at++;
    return at;
}

/* What follows the name of the program, as it was typed: a name has no escaped quotes. */
static const wchar_t *typed(void) {
    const wchar_t *rest = GetCommandLineW();
    if (*rest == L'"') {
        rest = wcschr(rest + 1, L'"');
        rest = rest ? rest + 1 : L"";
    } else {
        while (*rest > L' ') rest++;
    }
    while (*rest == L' ' || *rest == L'\t') rest++;
    return rest;
}

/* Where NAME=value ends its name, in capital letters; NULL where the word is another. */
static wchar_t *equals_sign(wchar_t *word) {
    wchar_t *at = word;
    while ((*at >= L'A' && *at <= L'Z') || *at == L'_' || (at > word && *at >= L'0' && *at <= L'9')) at++;
    return at > word && *at == L'=' ? at : NULL;
}

/*
 * Takes variables off the words: a task of Windows has none of its own. What is left is typed, and its first word the
 * command.
 */
static const wchar_t *take_variables(const wchar_t *rest, char *command, int size) {
    int count = 0, each = 1;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    command[0] = 0;
    if (!words) return rest;
    for (; each < count; each++) {
        wchar_t *sign = equals_sign(words[each]);
        if (!sign) break;
        *sign = 0;
        SetEnvironmentVariableW(words[each], sign + 1);
        rest = after_word(rest);
    }
    if (each < count && WideCharToMultiByte(CP_UTF8, 0, words[each], -1, command, size, NULL, NULL) == 0) command[0] = 0;
    LocalFree(words);
    return rest;
}

/* Java asks Windows for its words in the encoding of the computer, which has not every letter; a variable may have any. */
static void hand_on(const wchar_t *words) {
    static wchar_t text[LONGEST];
    _snwprintf(text, LONGEST - 1, L"%lu %ls", GetCurrentProcessId(), words);
    SetEnvironmentVariableW(L"SHOEBOX_TYPED", text);
}

static BOOL build_line(const char *command, const wchar_t *words) {
    return append(L"\"") && append(java) && append(L"\"") && append_flags(command)
        && append(L" \"-Dshoebox.command=") && append(self) && append(L"\" -jar \"") && append(top)
        && append(L"\\lib\\shoebox.jar\" ") && append(words);
}

/*
 * Java hears of Ctrl-C as well, and ends in its own time: we wait for it. The same when the window is closed, where the
 * system ends us as soon as this returns.
 */
static BOOL WINAPI on_signal(DWORD signal) {
    if (signal != CTRL_C_EVENT && signal != CTRL_BREAK_EVENT && child) WaitForSingleObject(child, INFINITE);
    return TRUE;
}

/* Whoever ends this program ends Java with it. */
static HANDLE job_of_children(void) {
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;
    HANDLE job = CreateJobObjectW(NULL, NULL);
    if (!job) return NULL;
    ZeroMemory(&limits, sizeof limits);
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

int main(void) {
    STARTUPINFOW start;
    PROCESS_INFORMATION process;
    DWORD code = 1;
    HANDLE job;
    char command[256];
    const wchar_t *words = take_variables(typed(), command, sizeof command);
    if (!find_self()) return MISUSED;
    if (!find_java() || !is_new_enough() || !build_line(command, words)) return end(MISUSED);
    hand_on(words);
    SetConsoleCtrlHandler(on_signal, TRUE);
    GetStartupInfoW(&start);
    start.lpReserved2 = NULL;
    start.cbReserved2 = 0;
    if (!CreateProcessW(java, line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &start, &process)) {
        give_up(L"\"%ls\" cannot be started (error %lu).\r\n", java, GetLastError());
        return end(MISUSED);
    }
    child = process.hProcess;
    job = job_of_children();
    if (job) AssignProcessToJobObject(job, child);
    ResumeThread(process.hThread);
    WaitForSingleObject(child, INFINITE);
    GetExitCodeProcess(child, &code);
    return end((int)code);
}
