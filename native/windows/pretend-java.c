/*
 * Stands for java.exe in scripts/try-launcher: prints the words that it was given, one a line in UTF-8, and ends with the
 * code that the word code=N names. The word show=NAME prints that variable. With the word wait it says so and ends with 130 once it hears of Ctrl-C.
 */
#define UNICODE
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <string.h>

static HANDLE interrupted;

static BOOL WINAPI on_signal(DWORD signal) {
    (void)signal;
    SetEvent(interrupted);
    return TRUE;
}

int main(void) {
    int count, code = 0, wait = 0;
    char word[8192];
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    interrupted = CreateEventW(NULL, TRUE, FALSE, NULL);
    SetConsoleCtrlHandler(on_signal, TRUE);
    for (int each = 0; each < count; each++) {
        WideCharToMultiByte(CP_UTF8, 0, words[each], -1, word, sizeof word, NULL, NULL);
        printf("%s\n", word);
        sscanf(word, "code=%d", &code);
        if (strncmp(word, "show=", 5) == 0) {
            static wchar_t value[8192];
            if (GetEnvironmentVariableW(words[each] + 5, value, 8192) == 0) value[0] = 0;
            WideCharToMultiByte(CP_UTF8, 0, value, -1, word, sizeof word, NULL, NULL);
            printf("%s\n", word);
        }
        if (strcmp(word, "wait") == 0) wait = 1;
        if (strcmp(word, "interrupt") == 0) wait = 2;
    }
    fflush(stdout);
    if (wait == 2) GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
    if (wait) {
        if (WaitForSingleObject(interrupted, 20000) == WAIT_OBJECT_0) {
            Sleep(500);
            printf("interrupted\n");
            code = 130;
        }
    }
    return code;
}
