# One image for every service; docker-compose.yml says which command each runs.
#   docker build .                                    CPU
#   docker build --build-arg LABELAPP_TORCH=cuda .    for worker-gpu

FROM node:20-bookworm-slim AS frontend
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM python:3.11-slim-bookworm
ARG LABELAPP_TORCH=cpu
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY scripts/setup_torch.sh scripts/
RUN LABELAPP_TORCH=$LABELAPP_TORCH sh scripts/setup_torch.sh python
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY manage.py CHANGELOG.md ./
COPY labelapp/ labelapp/
COPY qa/ qa/
COPY ml/ ml/
COPY --from=frontend /src/frontend/dist frontend/dist
RUN useradd --uid 10001 --create-home labelapp && install -d -o labelapp -m 700 /data
USER labelapp
ENV DATA_DIR=/data HOST=0.0.0.0 PORT=8000
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "python:labelapp.local.web", "labelapp.wsgi"]
