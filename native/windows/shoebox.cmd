@echo off
rem For where shoebox.exe may not be run. Quote words with & or ^; write %% for % in a batch file of your own.
setlocal DisableDelayedExpansion
set "top=%~dp0.."
set "java=%top%\runtime\bin\java.exe"
if exist "%java%" goto found
if not defined JAVA_HOME goto path
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto found
:missing
echo Shoebox needs Java 17 or newer, and there is none on the PATH nor in JAVA_HOME. 1>&2
exit /b 2
:path
set "java="
for %%j in (java.exe) do set "java=%%~$PATH:j"
if not defined java goto missing
:found
set "flags="
for /f "usebackq eol=# tokens=1,2" %%a in ("%top%\lib\launch.flags") do call :flag "%%a" "%%b" "%~1"
"%java%" %flags% "-Dshoebox.command=%~dp0shoebox.exe" -jar "%top%\lib\shoebox.jar" %*
exit /b %ERRORLEVEL%

:flag
if "%~1"=="all" goto take
if "%~1"=="%~3" goto take
set "for=%~1"
if not "%for:~0,4%"=="not-" exit /b 0
if "%for:~4%"=="%~3" exit /b 0
:take
set flags=%flags% %2
exit /b 0
