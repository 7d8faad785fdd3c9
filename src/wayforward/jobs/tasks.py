"""The one task of the queue: to do a job."""

from django_tasks import TaskContext, task

from wayforward.jobs.running import run


@task(takes_context=True)
def do_job(context: TaskContext, number: int) -> None:
    """Do the job of that number, unless somebody did or does it."""
    workers = context.task_result.worker_ids
    run(number, workers[-1] if workers else "")
