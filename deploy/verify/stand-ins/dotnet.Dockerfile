# Stand-ins for Microsoft's .NET images where no registry is reachable: this machine's own .NET, and the packages that it has
# restored. Those are not the ones of Aspire, so the stand-in says for which mode it builds.
FROM pulseboard-verify/debian AS aspnet
COPY dotnet/dotnet /usr/share/dotnet/dotnet
COPY dotnet/host /usr/share/dotnet/host
COPY dotnet/shared /usr/share/dotnet/shared
ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && \
    groupadd --gid $APP_UID app && useradd --uid $APP_UID --gid $APP_UID --create-home app

FROM aspnet AS sdk
COPY dotnet /usr/share/dotnet
ENV NUGET_PACKAGES=/packages
COPY packages /packages
# Without a network there is no list of advisories to look into.
ENV PulseBoardStandalone=true NuGetAudit=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
